package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes away the rows of generations that were cleared, a few at a time, by walking once over the numbers that they may
 * have.
 */
final class Reclaim {
    private static final int LOOKED_AT = 64;

    private final FileNumbers numbers;

    Reclaim(FileNumbers numbers) {
        this.numbers = numbers;
    }

    /** Says that a generation was cleared. */
    static void left(Link link) {
        nothing(link)[0] = false;
    }

    /** Whether it is known that no cleared generation has rows for others to take away. */
    private static boolean[] nothing(Link link) {
        return link.remembered(Reclaim.class, () -> new boolean[1]);
    }

    /** Takes some away; says whether any generation is left. */
    boolean some(Link link, int most) throws SQLException {
        if (nothing(link)[0]) {
            return false;
        }
        long life;
        long next;
        long upto;
        try (Results row = link.prepared("SELECT life, next, upto FROM dead WHERE holder IS NULL LIMIT 1")
                .executeQuery()) {
            if (!row.next()) {
                nothing(link)[0] = true;
                return false;
            }
            life = row.getLong(1);
            next = row.getLong(2);
            upto = row.getLong(3);
        }
        List<long[]> rows = new ArrayList<>();
        Prepared walk = link.prepared(
                "SELECT id, life, ifnull(file, 0) FROM entry WHERE id > ? AND id <= ? ORDER BY id LIMIT ?");
        walk.setLong(1, next);
        walk.setLong(2, upto);
        walk.setInt(3, LOOKED_AT);
        int found = 0;
        int looked = 0;
        try (Results row = walk.executeQuery()) {
            while (found < most && row.next()) {
                looked++;
                next = row.getLong(1);
                if (row.getLong(2) == life) {
                    rows.add(new long[] {next, row.getLong(3)});
                    found++;
                }
            }
        }
        for (long[] row : rows) {
            Rows.delete(link, row[0]);
            Tags.remove(link, row[0]);
            if (row[1] != 0) {
                numbers.release(link, row[1]);
            }
        }
        boolean over = looked < LOOKED_AT && found < most;
        Prepared statement = link.prepared(
                over ? "DELETE FROM dead WHERE life = ?1 AND ?2 >= 0" : "UPDATE dead SET next = ?2 WHERE life = ?1");
        statement.setLong(1, life);
        statement.setLong(2, next);
        statement.executeUpdate();
        return true;
    }
}
