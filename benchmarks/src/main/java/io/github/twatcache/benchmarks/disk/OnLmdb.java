package io.github.twatcache.benchmarks.disk;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.ByteArrayProxy;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.Txn;

/** LMDB, one transaction an operation, without a flush to the medium: what survives a kill, as with us. */
final class OnLmdb implements Kept {
    private static final long MAP_BYTES = 4L << 30;

    private final Env<byte[]> env;
    private final Dbi<byte[]> database;

    private OnLmdb(Path directory) {
        this.env = Env.create(ByteArrayProxy.PROXY_BA)
                .setMapSize(MAP_BYTES)
                .setMaxDbs(1)
                .open(directory.toFile(), EnvFlags.MDB_NOSYNC);
        this.database = env.openDbi("bench", DbiFlags.MDB_CREATE);
    }

    static Kept open(Path directory) {
        return new OnLmdb(directory);
    }

    private static byte[] bytes(long key) {
        return ByteBuffer.allocate(Long.BYTES).putLong(key).array();
    }

    @Override
    public byte @Nullable [] get(long key) {
        try (Txn<byte[]> transaction = env.txnRead()) {
            return database.get(transaction, bytes(key));
        }
    }

    @Override
    public void put(long key, byte[] value) {
        try (Txn<byte[]> transaction = env.txnWrite()) {
            database.put(transaction, bytes(key), value);
            transaction.commit();
        }
    }

    @Override
    public void close() {
        database.close();
        env.close();
    }
}
