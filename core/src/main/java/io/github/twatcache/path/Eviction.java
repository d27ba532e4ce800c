package io.github.twatcache.path;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room for a write: asks the caches in the order of the policy until one has given something. A cache that is open in
 * this process evicts by itself; of one that is not, files or folders that are entries of their own are deleted, those
 * written longest ago first. Holds no lock.
 */
final class Eviction {
    private static final Logger LOG = LoggerFactory.getLogger(CacheDirectory.class);

    private final CacheDirectory directory;
    private final String writer;

    Eviction(CacheDirectory directory, String writer) {
        this.directory = directory;
        this.writer = writer;
    }

    /** Whether somebody gave something; not always enough. */
    boolean gives(long lack) {
        Room room = directory.room();
        QuotaPolicy policy = directory.quota().map(Quota::policy).orElse(QuotaPolicy.REFUSE);
        for (Slot slot :
                ordered(policy, room.locked("read the count", room::settled).slots())) {
            // What others add to the cache meanwhile does not hide what was given.
            long before = room.freed(slot.folder());
            evict(slot, Math.min(lack, slot.bytes()));
            if (room.freed(slot.folder()) > before) {
                return true;
            }
        }
        return false;
    }

    private List<Slot> ordered(QuotaPolicy policy, List<Slot> slots) {
        List<Slot> holding = new ArrayList<>(slots);
        holding.removeIf(slot -> slot.bytes() == 0);
        switch (policy) {
            case LARGEST -> holding.sort(Comparator.comparingLong(Slot::bytes).reversed());
            case IDLE -> holding.sort(Comparator.comparingLong(Slot::written));
            case WRITER -> holding.removeIf(slot -> !slot.folder().equals(writer));
            case REFUSE -> holding.clear();
        }
        return holding;
    }

    private void evict(Slot slot, long bytes) {
        Room room = directory.room();
        boolean asked = false;
        for (CacheFolder folder : room.folders(slot.folder())) {
            Tenant tenant = folder.tenant().orElse(null);
            if (tenant != null) {
                asked = true;
                long before = room.freed(slot.folder());
                evict(slot, tenant, bytes);
                if (room.freed(slot.folder()) > before) {
                    return;
                }
            }
        }
        if (!asked) {
            switch (slot.layout()) {
                case FILE_PER_ENTRY -> deleteOldest(slot, bytes);
                case FOLDER_PER_ENTRY -> new OldEntries(room, slot).delete(bytes);
                case OPAQUE -> {
                    // Nobody else understands it.
                }
            }
        }
    }

    /** One cache's trouble is not the trouble of the cache that is written to: the next is asked. */
    private static void evict(Slot slot, Tenant tenant, long bytes) {
        try {
            tenant.evict(bytes);
        } catch (RuntimeException failed) {
            LOG.warn("cache '{}' could not make room for another", slot.name(), failed);
        }
    }

    private void deleteOldest(Slot slot, long bytes) {
        Room room = directory.room();
        Account account = new Account(room, slot.name(), slot.folder());
        account.layout(slot.layout());
        try {
            long freed = 0;
            for (Aged file : Aged.below(room.caches().resolve(slot.folder()))) {
                if (freed >= bytes) {
                    return;
                }
                room.locked("make room", ledger -> account.delete(ledger, new Hold(), file.path()));
                freed += file.bytes();
            }
        } catch (IOException e) {
            throw Trouble.of(room.root(), "make room", e);
        }
    }
}
