package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Link;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The entry that was stored first leaves first; a new value does not change its place. */
final class StoredOrder extends Order {
    private static final String FIRST = COLUMNS
            + "INDEXED BY entry_place WHERE life = ? AND id <> ? AND place IS NOT NULL ORDER BY queue, place LIMIT 1";

    StoredOrder(Uses uses) {
        super(uses);
    }

    @Override
    Place newcomer(Link link, Account account, long id, long find) {
        return new Place(0, id, 0);
    }

    @Override
    @Nullable Row victim(Link link, Account account, long keep) throws SQLException {
        Row first = unplaced(link, account, keep);
        return first != null ? first : end(link, FIRST, account, keep);
    }
}
