package io.github.twatcache.files.store;

import io.github.twatcache.error.PathException;
import io.github.twatcache.error.SerializationException;
import io.github.twatcache.files.npy.MappedArray;
import io.github.twatcache.spi.StoredReference;
import io.github.twatcache.spi.ValueCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a result is.
 *
 * @param root the folder of the cache
 * @param function the folder of the function
 * @param version the folder of its version
 * @param digest the digest of the key
 * @param value the name of the value's file
 * @param codec the name of the codec
 * @param type the class of the value
 * @param decompressLimit to how many bytes it may be decompressed; 0 where nobody has said
 */
record FileReference(
        String root,
        String function,
        String version,
        String digest,
        String value,
        String codec,
        String type,
        long decompressLimit)
        implements StoredReference {
    private static final long serialVersionUID = 1;

    /** The value files that were found damaged in this process. */
    private static final Set<String> DAMAGED = ConcurrentHashMap.newKeySet();

    /** Whether somebody has found out that a value is damaged who could not take it out of the way. */
    static boolean damaged(String value) {
        return DAMAGED.contains(value);
    }

    static FileReference of(Desk<?> desk, Head head) {
        Place place = desk.place();
        return new FileReference(
                place.root().toString(),
                place.function(),
                place.version(),
                head.key(),
                head.value(),
                desk.codec(),
                head.stored().type(),
                desk.decompressLimit());
    }

    private Place place() {
        return new Place(Path.of(root), function, version);
    }

    private @Nullable Head head() throws IOException {
        byte[] bytes = place().head(digest);
        Head head = bytes == null ? null : Head.read(bytes);
        Lifetime.Clock clock = new Lifetime.Clock(InstantSource.system(), 0, false, false);
        return head != null && head.value().equals(value) && head.lives(clock.now()) ? head : null;
    }

    private PathException trouble(IOException e) {
        return new PathException(
                "cannot read " + place().path(digest) + ": " + e.getMessage() + "; let this process's user read there",
                e);
    }

    @Override
    public @Nullable Object load(ValueCodec reader) {
        try {
            Head head = head();
            if (head == null) {
                return null;
            }
            Values values = new Values(reader, true);
            if (!values.reads(head)) {
                throw new SerializationException("the shelved result " + this + " was written by the codec "
                        + head.stored().codec() + ", which is not the one that is present; call the function again");
            }
            byte[] key = head.encoded() == null ? HexFormat.of().parseHex(digest) : head.encoded();
            return values.read(key, head, place().path(digest).resolve(value));
        } catch (DamagedValueException damaged) {
            setAside(damaged);
            return null;
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    /** An array's file mapped. */
    @Override
    public <F> @Nullable F as(Class<F> form, ValueCodec results) {
        if (form != MappedArray.class) {
            return null;
        }
        try {
            Head head = head();
            return head == null || !Values.maps(head.stored(), results.type())
                    ? null
                    : form.cast(
                            Values.mapped(head.stored(), place().path(digest).resolve(value)));
        } catch (NoSuchFileException gone) {
            return null;
        } catch (DamagedValueException damaged) {
            setAside(damaged);
            return null;
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    /** Says that a value is damaged, and takes it out of the way, so that whoever shelves the call next gets another. */
    private void setAside(DamagedValueException damaged) {
        Desk.LOG.warn("the value {} is damaged: {}", place().path(digest).resolve(value), damaged.getMessage());
        if (!DamagedResult.setAside(place(), digest, value)) {
            Desk.remember(DAMAGED, value);
        }
    }

    @Override
    public Optional<Path> file() {
        Path file = place().path(digest).resolve(value);
        return Files.exists(file) ? Optional.of(file) : Optional.empty();
    }

    @Override
    public String toString() {
        return place().path(digest).toString();
    }
}
