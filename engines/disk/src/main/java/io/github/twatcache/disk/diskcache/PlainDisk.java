package io.github.twatcache.disk.diskcache;

import io.github.twatcache.error.KeyException;
import io.github.twatcache.spi.ValueCodec;

/** Python's {@code Disk}: keys stand in rows as they are. */
final class PlainDisk implements Disk {
    @Override
    public DbKey key(Object key) {
        if (key instanceof String text && !Surrogates.paired(text)) {
            throw new KeyException("a key is a text with half a character in it (an unpaired surrogate), which neither"
                    + " SQLite nor Python can hold; mend the text, or use its bytes as the key");
        }
        return new DbKey(key instanceof byte[] bytes ? bytes.clone() : key);
    }

    @Override
    public Object plain(DbKey key) {
        return key.content();
    }

    @Override
    public boolean hasBytes() {
        return true;
    }

    @Override
    public Values values(ValueCodec codec) {
        return new PlainValues(codec);
    }
}
