package io.github.twatcache.disk.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Copies what can be read of a malformed database into a new one, table by table. Where a page cannot be read, the rows
 * behind it are sought: further and further on until one is found, then back to the first that can be read.
 */
final class Salvage {
    private static final long FURTHEST = 1L << 62;
    private static final String TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table'";

    private final Connection from;
    private final Link to;
    private long copied;

    private Salvage(Connection from, Link to) {
        this.from = from;
        this.to = to;
    }

    /** The names of the tables that a malformed database tells of. */
    static Set<String> tables(Path old) throws SQLException {
        Set<String> names = new HashSet<>();
        try (Connection connection = Opening.damaged(old);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                names.add(String.valueOf(rows.getString(1)));
            }
            return names;
        } catch (SQLException fault) {
            requireUnreadable(fault);
            return Set.of();
        }
    }

    /** Whether these are all the tables that the new one has, at least. */
    static boolean tellsAll(Set<String> names, Link to) throws SQLException {
        try (Results rows = to.prepared(TABLES).executeQuery()) {
            while (rows.next()) {
                if (!names.contains(rows.getString(1))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Copies what can be read of a malformed database into a new one, and says how many rows. */
    static long of(Path old, Link to) throws SQLException {
        try (Connection connection = Opening.damaged(old)) {
            return new Salvage(connection, to).tables();
        } catch (Unwritable mine) {
            throw mine;
        } catch (SQLException fault) {
            requireUnreadable(fault);
            return 0;
        }
    }

    /** Copies all tables that the new one has, and says how many rows. */
    private long tables() throws SQLException {
        List<String[]> tables = new ArrayList<>();
        try (Results rows = to.prepared(
                        "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
                .executeQuery()) {
            while (rows.next()) {
                tables.add(new String[] {rows.getString(1), rows.getString(2)});
            }
        }
        for (String[] table : tables) {
            if (table[1].contains("WITHOUT ROWID")) {
                fromBothEnds(new Table(table[0]));
            } else {
                byNumber(new Table(table[0]));
            }
        }
        return copied;
    }

    /** A table's columns, and how a row of it is written. */
    private final class Table {
        final String name;
        final List<String> columns = new ArrayList<>();
        final List<String> key = new ArrayList<>();
        final Prepared insert;

        Table(String name) throws SQLException {
            this.name = name;
            try (Results rows = to.prepared("PRAGMA table_info(" + name + ")").executeQuery()) {
                while (rows.next()) {
                    columns.add(rows.getString(2));
                    if (rows.getInt(6) > 0) {
                        key.add(rows.getString(2));
                    }
                }
            }
            forgetWhatIsNotThere();
            insert = to.prepared("INSERT OR REPLACE INTO " + name + "(" + String.join(", ", columns) + ") VALUES (?"
                    + ", ?".repeat(columns.size() - 1) + ")");
        }

        /** A database from before a column was added has none of it. */
        private void forgetWhatIsNotThere() throws SQLException {
            Set<String> there = new HashSet<>();
            try (Statement statement = from.createStatement();
                    ResultSet rows = statement.executeQuery("PRAGMA table_info(" + name + ")")) {
                while (rows.next()) {
                    there.add(String.valueOf(rows.getString(2)));
                }
            } catch (SQLException fault) {
                requireUnreadable(fault);
            }
            if (there.stream().anyMatch(columns::contains)) {
                columns.retainAll(there);
            }
        }

        String select(String first) {
            return "SELECT " + first + String.join(", ", columns) + " FROM " + name;
        }

        /** Writes the row that was read; what does not fit the table is no row of it. */
        void copy(ResultSet row, int offset) throws SQLException {
            Object[] cells = new Object[columns.size()];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = row.getObject(i + 1 + offset);
            }
            try {
                for (int i = 0; i < cells.length; i++) {
                    insert.setObject(i + 1, cells[i]);
                }
                insert.executeUpdate();
                copied++;
            } catch (SQLException misfit) {
                if (!Faults.misfit(misfit)) {
                    throw new Unwritable(misfit);
                }
            }
        }
    }

    /** The new database failed, not the old one. */
    private static final class Unwritable extends SQLException {
        private static final long serialVersionUID = 1L;

        Unwritable(SQLException why) {
            super(why.getMessage(), why.getSQLState(), why.getErrorCode(), why);
        }
    }

    private void byNumber(Table table) throws SQLException {
        String select = table.select("rowid, ") + " WHERE rowid >= ? ORDER BY rowid";
        Reached reached = run(table, select, Long.MIN_VALUE);
        while (!reached.whole) {
            // Nothing is numbered below 1, but for what is damaged.
            long failed = Math.max(0, reached.next);
            long step = 1;
            while (step < FURTHEST && !readable(select, failed + step)) {
                failed += step;
                step *= 2;
            }
            if (step >= FURTHEST) {
                return;
            }
            reached = run(table, select, first(select, failed, failed + step));
        }
    }

    /** How far a run came: to the end, or up to a number that could not be read. */
    private record Reached(boolean whole, long next) {}

    /** A statement that has failed is of no use any more, so each gets its own. */
    private Reached run(Table table, String select, long start) throws SQLException {
        long next = start;
        try (PreparedStatement statement = from.prepareStatement(select)) {
            statement.setLong(1, start);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long id = rows.getLong(1);
                    if (id < next) {
                        // Pages that point in a circle.
                        return new Reached(false, next);
                    }
                    table.copy(rows, 1);
                    next = id + 1;
                }
                return new Reached(true, next);
            }
        } catch (Unwritable mine) {
            throw mine;
        } catch (SQLException damaged) {
            requireUnreadable(damaged);
            return new Reached(false, next);
        }
    }

    private boolean readable(String select, long number) throws SQLException {
        try (PreparedStatement statement = from.prepareStatement(select)) {
            statement.setLong(1, number);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return true;
            }
        } catch (SQLException damaged) {
            requireUnreadable(damaged);
            return false;
        }
    }

    private static void requireUnreadable(SQLException fault) throws SQLException {
        if (!Faults.unreadable(fault)) {
            throw fault;
        }
    }

    /** The first number from which on can be read, between one from which that fails and one from which it does not. */
    private long first(String select, long failed, long readable) throws SQLException {
        long low = failed;
        long high = readable;
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (readable(select, middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private void fromBothEnds(Table table) throws SQLException {
        for (String direction : new String[] {" ASC", " DESC"}) {
            String order = String.join(direction + ", ", table.key) + direction;
            try (Statement statement = from.createStatement();
                    ResultSet rows = statement.executeQuery(table.select("") + " ORDER BY " + order)) {
                while (rows.next()) {
                    table.copy(rows, 0);
                }
                return;
            } catch (Unwritable mine) {
                throw mine;
            } catch (SQLException damaged) {
                requireUnreadable(damaged);
            }
        }
    }
}
