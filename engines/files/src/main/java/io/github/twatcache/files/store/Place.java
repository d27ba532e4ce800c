package io.github.twatcache.files.store;

import io.github.twatcache.key.Digest;
import io.github.twatcache.spi.MemoizedFunction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the entries of one version of one function are, or those of one cache of data:
 *
 * <pre>
 * function/version/function.json     which function, and what stands for its code
 * function/version/ab/abcd.../       one entry: entry.json, and the value's file that it names
 * </pre>
 *
 * @param root the folder of the cache
 * @param function the folder of the function
 * @param version the folder in it
 * @param path that folder
 */
record Place(Path root, String function, String version, Path path) {
    static final String ENTRY = "entry.json";
    static final String FUNCTION = "function.json";

    /** The folder of a cache of data, which has no function. */
    private static final String DATA = "data";

    private static final Pattern FOLDER = Pattern.compile(DATA + "|.+~[0-9a-f]{12}");
    private static final Pattern FAN = Pattern.compile("[0-9a-f]{2}");
    private static final Pattern VERSION = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final int OTHERS = 8;
    private static final byte[] NOTHING = {};

    /** As a rule an entry.json is shorter. */
    private static final int HEAD = 1023;

    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ);
    private static final FileAttribute<?>[] PLAIN = {};

    private static final int STEP = 1 << 16;
    private static final int FAN_DIGITS = 2;
    private static final int NAME_LENGTH = 100;
    private static final int IDENTITY_DIGITS = 12;
    private static final int VERSION_DIGITS = 32;

    Place(Path root, String function, String version) {
        this(root, function, version, root.resolve(function).resolve(version));
    }

    static Place of(Path root, Optional<MemoizedFunction> function, byte[] space) {
        return new Place(
                root,
                function.map(Place::folder).orElse(DATA),
                Digest.of(space).hex().substring(0, VERSION_DIGITS));
    }

    /** The name as far as a file can have it, and behind it what is left of all that tells the function from others. */
    private static String folder(MemoizedFunction function) {
        StringBuilder folder = new StringBuilder();
        for (byte b : function.name().getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c < '~' && (Character.isLetterOrDigit(c) || (c == '.' && folder.length() > 0) || c == '_');
            folder.append(plain ? c : '-');
            if (folder.length() == NAME_LENGTH) {
                break;
            }
        }
        return folder.append('~')
                .append(function.identity(), 0, IDENTITY_DIGITS)
                .toString();
    }

    /** The folder of all entries. */
    String name() {
        return function + "/" + version;
    }

    /** The name of something beside the entries. */
    String name(String file) {
        return name() + "/" + file;
    }

    /** The folder of an entry. */
    String entry(String digest) {
        return name() + "/" + digest.substring(0, FAN_DIGITS) + "/" + digest;
    }

    /** The file of an entry. */
    String entry(String digest, String file) {
        return entry(digest) + "/" + file;
    }

    /** What the turn to compute a key is called. */
    String turn(String digest) {
        return turns() + digest;
    }

    /** How all of them begin. */
    String turns() {
        return version + "-";
    }

    Path path(String digest) {
        return path.resolve(below(digest));
    }

    private static String below(String digest) {
        return digest.substring(0, FAN_DIGITS) + "/" + digest;
    }

    /** The path of an entry's file. */
    Path file(String digest, String file) {
        return path.resolve(below(digest) + "/" + file);
    }

    /** What an entry's {@code entry.json} holds; null where there is none. */
    byte @Nullable [] head(String digest) throws IOException {
        return content(file(digest, ENTRY), HEAD, Head.LONGEST, Head::ends);
    }

    /**
     * The content of a file that should have so many bytes; nothing of one that has more than the most; null where there is
     * none.
     */
    static byte @Nullable [] content(Path path, int length, int most) throws IOException {
        return content(path, length, most, (bytes, count) -> count == length);
    }

    /** The content of a file behind a place; nothing where that is more than the most; null where there is no file. */
    static byte @Nullable [] contentFrom(Path path, long from, int most) throws IOException {
        try {
            return Interrupts.apart(() -> {
                try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
                    return file.size() < from ? NOTHING : rest(file.position(from), ByteBuffer.allocate(0), most);
                }
            });
        } catch (FileSystemException absent) {
            if (!(absent instanceof NoSuchFileException) && Files.exists(path)) {
                throw absent; // it may not be read
            }
            return null;
        }
    }

    /** Tells whether what was read is all that there is. */
    private interface Whole {
        boolean is(byte[] bytes, int count);
    }

    /** In one step where that is all; an interrupt, which would close the channel, is put off. */
    private static byte @Nullable [] content(Path path, int length, int most, Whole whole) throws IOException {
        try {
            return Interrupts.apart(() -> {
                try (FileChannel file = FileChannel.open(path, READ, PLAIN)) {
                    // One byte more than there should be: a file that is longer shows.
                    ByteBuffer first = ByteBuffer.allocate(Math.min(length, STEP) + 1);
                    int count = Math.max(0, file.read(first));
                    return first.hasRemaining() && whole.is(first.array(), count)
                            ? Arrays.copyOf(first.array(), count)
                            : rest(file, first.flip(), most);
                }
            });
        } catch (FileSystemException absent) {
            if (!(absent instanceof NoSuchFileException) && Files.exists(path)) {
                throw absent; // it may not be read
            }
            return null;
        }
    }

    private static byte[] rest(FileChannel file, ByteBuffer first, int most) throws IOException {
        long length = file.size() - (file.position() - first.remaining());
        if (length > most || length < first.remaining()) {
            return NOTHING;
        }
        ByteBuffer all = ByteBuffer.allocate((int) length).put(first);
        while (all.position() < length) {
            // In steps, since the JVM keeps a buffer as large as each.
            all.limit((int) Math.min(length, all.position() + (long) STEP));
            if (file.read(all) < 0) {
                return NOTHING;
            }
        }
        return all.array();
    }

    /** How many bytes a file of an entry has; -1 where it is not there. */
    long length(String digest, String file) throws IOException {
        try {
            return Files.size(file(digest, file));
        } catch (NoSuchFileException gone) {
            return -1;
        }
    }

    /** The names of the files in an entry's folder. */
    List<String> files(String digest) {
        String[] names = path(digest).toFile().list();
        return names == null ? List.of() : List.of(names);
    }

    /** The folders that an entry's files need to be found: its own, and those above it up to that of all caches. */
    List<Path> above(String digest) {
        List<Path> folders = new ArrayList<>();
        for (Path each = path(digest); each != null && !each.equals(root); each = each.getParent()) {
            folders.add(each);
        }
        folders.add(root);
        Path caches = root.getParent();
        if (caches != null) {
            folders.add(caches);
        }
        return folders;
    }

    /** The places of some other versions of the function. */
    List<Place> others() {
        try {
            return versions().stream()
                    .filter(version -> !version.equals(path()))
                    .limit(OTHERS)
                    .map(version ->
                            new Place(root, function, version.getFileName().toString()))
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** The folders of all versions of the function. */
    List<Path> versions() throws IOException {
        return below(root.resolve(function), VERSION);
    }

    /** The places of all versions of the other functions that the cache has had. */
    List<Place> siblings() throws IOException {
        List<Place> found = new ArrayList<>();
        for (Path other : below(root, FOLDER)) {
            String name = other.getFileName().toString();
            if (!name.equals(function)) {
                for (Path each : below(other, VERSION)) {
                    found.add(new Place(root, name, each.getFileName().toString()));
                }
            }
        }
        return found;
    }

    /** The digests of all entries, whole or not. */
    List<String> digests() throws IOException {
        List<String> digests = new ArrayList<>();
        for (Path fan : below(path(), FAN)) {
            for (Path entry : below(fan, DIGEST)) {
                digests.add(entry.getFileName().toString());
            }
        }
        return digests;
    }

    private static List<Path> below(Path folder, Pattern names) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                folder, entry -> names.matcher(entry.getFileName().toString()).matches())) {
            entries.forEach(found::add);
        } catch (NoSuchFileException | NotDirectoryException gone) {
            return List.of();
        }
        return found;
    }
}
