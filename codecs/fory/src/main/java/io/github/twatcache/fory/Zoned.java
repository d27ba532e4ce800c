package io.github.twatcache.fory;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.apache.fory.config.Config;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.serializer.Serializer;

/** Writes a zoned time with its offset, without which half past two of the night in October could be either. */
final class Zoned extends Serializer<ZonedDateTime> {
    Zoned(Config config) {
        super(config, ZonedDateTime.class);
    }

    @Override
    public void write(WriteContext context, ZonedDateTime time) {
        context.writeInt64(time.toLocalDateTime().toEpochSecond(ZoneOffset.UTC));
        context.writeInt32(time.getNano());
        context.writeInt32(time.getOffset().getTotalSeconds());
        context.writeString(time.getZone().getId());
    }

    @Override
    public ZonedDateTime read(ReadContext context) {
        long second = context.readInt64();
        int nano = context.readInt32();
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(context.readInt32());
        ZoneId zone = ZoneId.of(context.readString());
        return ZonedDateTime.ofInstant(LocalDateTime.ofEpochSecond(second, nano, ZoneOffset.UTC), offset, zone);
    }
}
