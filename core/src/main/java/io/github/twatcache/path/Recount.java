package io.github.twatcache.path;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts by walking: what the ledger is made from where there is none, or none that can be trusted. */
final class Recount {
    private static final Logger LOG = LoggerFactory.getLogger(CacheDirectory.class);

    private Recount() {}

    /** The count, made right where somebody died in the middle of a change, or it is damaged. */
    static Ledger.Page settled(Path root, Ledger ledger) throws IOException {
        Ledger.Page page = ledger.page().orElse(null);
        if (page != null && page.intent() != null) {
            Intent left = page.intent();
            if (left.many()) {
                many(root, ledger, page, left.after());
            } else {
                ledger.settle(left, length(root, left.file()));
            }
            page = ledger.page().orElse(null);
        }
        if (page == null || page.intent() != null || !page.balanced()) {
            LOG.warn("the count of the cache directory {} is damaged; counting its files anew", root);
            return anew(root, ledger);
        }
        return page;
    }

    /** Counts one cache anew: somebody died who was deleting many of its files. */
    private static void many(Path root, Ledger ledger, Ledger.Page page, Slot slot) throws IOException {
        if (!FolderName.possible(slot.folder())) {
            return; // damaged: what is not settled is counted anew
        }
        DiskUsage.Share share = walked(root.resolve(Room.CACHES).resolve(slot.folder()));
        long bytes = share.bytes();
        long files = share.files();
        for (Slot other : page.slots()) {
            if (other.index() != slot.index()) {
                bytes += other.bytes();
                files += other.files();
            }
        }
        Slot counted = slot.holding(share.bytes(), share.files(), slot.written());
        ledger.finish(new Intent("", 0, counted, bytes, files));
    }

    /** The count, taken by walking. */
    static Ledger.Page anew(Path root, Ledger ledger) throws IOException {
        List<Slot> known = ledger.page().map(Ledger.Page::slots).orElse(List.of());
        ledger.format(slots(root.resolve(Room.CACHES), known));
        return ledger.page().orElseThrow(() -> new IOException("the ledger that was just written cannot be read"));
    }

    /** A slot for each folder there is, called as it was known. */
    static List<Slot> slots(Path caches, List<Slot> known) throws IOException {
        List<Slot> slots = new ArrayList<>();
        if (!Files.isDirectory(caches, LinkOption.NOFOLLOW_LINKS)) {
            return slots;
        }
        List<Path> folders;
        try (Stream<Path> entries = Files.list(caches)) {
            folders = entries.filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                    .filter(entry -> FolderName.possible(entry.getFileName().toString()))
                    .sorted()
                    .toList();
        }
        for (Path folder : folders) {
            DiskUsage.Share share = walked(folder);
            String name = folder.getFileName().toString();
            Slot unknown = new Slot(slots.size(), 0, 0, 0, Layout.OPAQUE, name, name);
            Slot former = known.stream()
                    .filter(slot -> slot.folder().equals(name))
                    .findFirst()
                    .orElse(unknown);
            slots.add(new Slot(
                    slots.size(),
                    share.bytes(),
                    share.files(),
                    former.written(),
                    former.layout(),
                    name,
                    former.name()));
        }
        return slots;
    }

    /** The files below a folder; links are not followed and not counted. */
    static DiskUsage.Share walked(Path folder) throws IOException {
        long[] sums = new long[2];
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    sums[0] += attributes.size();
                    sums[1]++;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
                if (failed instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failed;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed) throws IOException {
                if (failed != null && !(failed instanceof NoSuchFileException)) {
                    throw failed;
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return new DiskUsage.Share(sums[0], sums[1]);
    }

    /** The length of a file of the directory; empty where there is none. */
    static OptionalLong length(Path root, String file) throws IOException {
        try {
            return file.isEmpty() ? OptionalLong.empty() : length(root.resolve(file));
        } catch (InvalidPathException damaged) {
            return OptionalLong.empty();
        }
    }

    static OptionalLong length(Path file) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? OptionalLong.of(attributes.size()) : OptionalLong.empty();
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }
}
