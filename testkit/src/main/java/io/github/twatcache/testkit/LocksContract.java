package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.twatcache.Cache;
import io.github.twatcache.Recipes;
import io.github.twatcache.Transactions;
import io.github.twatcache.error.LockTimeoutException;
import io.github.twatcache.shared.Coordination;
import io.github.twatcache.shared.SharedLock;
import io.github.twatcache.shared.SharedSemaphore;
import io.github.twatcache.spi.CellStore;
import io.github.twatcache.spi.Trait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Cells change by compare and set, and what is built on them holds between owners: locks, semaphores. Two owners are two
 * {@link Coordination}s over one store, as two processes would have them.
 */
@Contract("§3 locks")
@SuppressWarnings("LockNotBeforeTry") // who holds the lock, and until when, is what these tests are about
public abstract class LocksContract extends EngineContract {
    static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final List<Coordination> processes = new ArrayList<>();
    private final RecordingContext<Object> context = new RecordingContext<>(false);
    private boolean opened;

    /** Makes a contract. */
    protected LocksContract() {}

    private Cache<String, String> strings() {
        return cache().types(String.class, String.class).build();
    }

    private boolean refused() {
        return refuses(Trait.LOCKS, () -> Recipes.of(strings()));
    }

    private CellStore cells() {
        if (!opened) {
            use(context, spec -> spec);
            opened = true;
        }
        return store().capability(CellStore.class).orElseThrow();
    }

    /** What another process would have. */
    private Coordination process() {
        Coordination process = new Coordination("conformance", cells(), context.clock(), () -> {});
        processes.add(process);
        return process;
    }

    @AfterEach
    final void closeProcesses() {
        processes.forEach(Coordination::close);
    }

    @Test
    void cell_written_onlyByWhoHasSeenIt() {
        if (refused()) {
            return;
        }
        CellStore cells = cells();
        assertThat(cells.read("c")).isNull();
        assertThat(cells.write("c", 1, new byte[] {9})).isFalse();
        assertThat(cells.write("c", 0, new byte[] {1})).isTrue();
        assertThat(cells.write("c", 0, new byte[] {2})).isFalse();
        assertThat(there(cells.read("c")).version()).isEqualTo(1);
        assertThat(there(cells.read("c")).content()).containsExactly(1);
        byte[] large = new byte[65_536];
        large[65_535] = 7;
        assertThat(cells.write("c", 1, large)).isTrue();
        assertThat(cells.write("c", 1, new byte[] {3})).isFalse();
        assertThat(there(cells.read("c")).content()).isEqualTo(large);
        assertThat(cells.write("other", 0, new byte[0])).isTrue();
        assertThat(there(cells.read("other")).content()).isEmpty();
        store().clear();
        assertThat(there(cells.read("c")).version()).isEqualTo(2);
        assertThat(store().size()).isZero();
    }

    @Test
    void cell_byManyThreads_noWriteLost() {
        if (refused()) {
            return;
        }
        CellStore cells = cells();
        List<Actor<Integer>> actors = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            actors.add(Actor.start(() -> {
                for (int done = 0; done < 100; ) {
                    CellStore.Cell cell = cells.read("n");
                    byte before = cell == null ? 0 : cell.content()[0];
                    if (cells.write("n", cell == null ? 0 : cell.version(), new byte[] {(byte) (before + 1)})) {
                        done++;
                    }
                }
                return 0;
            }));
        }
        actors.forEach(Actor::result);
        assertThat(there(cells.read("n")).version()).isEqualTo(400);
        assertThat(there(cells.read("n")).content()).containsExactly(400 % 256);
    }

    @Test
    void lock_twoOwners_oneAtATimeAndTokensGrow() throws InterruptedException {
        if (refused()) {
            return;
        }
        SharedLock here = process().lock("l", LEASE, false);
        SharedLock there = process().lock("l", LEASE, false);
        assertThat(here.tryLock()).isTrue();
        long first = here.fence();
        assertThat(here.isHeldByCurrentThread()).isTrue();
        assertThat(there.isHeldByCurrentThread()).isFalse();
        assertThat(there.tryLock()).isFalse();
        assertThatExceptionOfType(LockTimeoutException.class)
                .isThrownBy(() -> there.lock(Duration.ofMillis(5)))
                .withMessageContaining("'l'")
                .withMessageContaining(
                        "held by process " + ProcessHandle.current().pid());
        assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(there::unlock);
        assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(there::fence);
        assertThat(there.tryLock()).isFalse();
        here.unlock();
        long second = there.lock(Duration.ZERO);
        assertThat(second).isGreaterThan(first);
        assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(here::unlock);
        there.unlock();
        assertThat(here.lock(LONG)).isGreaterThan(second);
        assertThat(process().lock("another", LEASE, false).tryLock()).isTrue();
    }

    @Test
    void unlock_byAnotherThread_refused() {
        if (refused()) {
            return;
        }
        Coordination process = process();
        process.lock("l", LEASE, true).lock();
        Actor<Void> other = Actor.start(() -> {
            process.lock("l", LEASE, true).unlock();
            return null;
        });
        assertThat(other.failure()).isInstanceOf(IllegalMonitorStateException.class);
        assertThat(Actor.start(() -> process.lock("l", LEASE, true).tryLock()).result())
                .isFalse();
        assertThat(process.lock("l", LEASE, true).isHeldByCurrentThread()).isTrue();
    }

    @Test
    void lock_again_onlyIfReentrant() {
        if (refused()) {
            return;
        }
        SharedLock plain = process().lock("plain", LEASE, false);
        plain.lock();
        assertThatExceptionOfType(IllegalMonitorStateException.class)
                .isThrownBy(plain::lock)
                .withMessageContaining("reentrantLock");
        assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(plain::tryLock);
        plain.unlock();
        Coordination process = process();
        SharedLock lock = process.lock("again", LEASE, true);
        SharedLock other = process().lock("again", LEASE, true);
        lock.lock();
        process.lock("again", LEASE, true).lock();
        assertThat(lock.tryLock()).isTrue();
        lock.unlock();
        lock.unlock();
        assertThat(other.tryLock()).isFalse();
        lock.unlock();
        assertThat(other.tryLock()).isTrue();
        assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(lock::unlock);
    }

    @Test
    void lease_ended_anotherTakesItAndTheFormerKnows() {
        if (refused()) {
            return;
        }
        SharedLock here = process().lock("l", LEASE, false);
        SharedLock there = process().lock("l", LEASE, false);
        here.lock();
        long stale = here.fence();
        context.ticker().advance(LEASE.minusMillis(1));
        assertThat(there.tryLock()).isFalse();
        assertThat(here.isHeldByCurrentThread()).isTrue();
        context.ticker().advance(Duration.ofMillis(1));
        assertThat(here.isHeldByCurrentThread()).isFalse();
        assertThat(there.tryLock()).isTrue();
        assertThat(there.fence()).isGreaterThan(stale);
        assertThatExceptionOfType(IllegalMonitorStateException.class)
                .isThrownBy(here::unlock)
                .withMessageContaining("lost");
        assertThat(there.isHeldByCurrentThread()).isTrue();
        there.unlock();
        assertThat(here.tryLock()).isTrue();
        context.ticker().advance(LEASE);
        assertThat(here.tryLock()).as("anew, since it was lost").isTrue();
        here.unlock();
    }

    @Test
    void lease_whileHeld_isRenewed() {
        if (refused()) {
            return;
        }
        Duration lease = Duration.ofMillis(90);
        SharedLock here = process().lock("l", lease, false);
        SharedLock there = process().lock("l", lease, false);
        here.lock();
        for (int i = 0; i < 10; i++) {
            long before = there(cells().read("lock:l")).version();
            context.ticker().advance(Duration.ofMillis(60));
            Actor.until(
                    "the lease is renewed", () -> there(cells().read("lock:l")).version() > before);
            assertThat(there.tryLock()).isFalse();
        }
        assertThat(here.isHeldByCurrentThread()).isTrue();
        here.unlock();
        assertThat(there.tryLock()).isTrue();
        there.unlock();
        Actor.until(
                "no thread renews what nobody holds",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("twat-cache-leases-conformance")));
    }

    @Test
    void lock_held_waitsUntilItIsFree() {
        if (refused()) {
            return;
        }
        SharedLock here = process().lock("l", LEASE, false);
        Coordination other = process();
        here.lock();
        Actor<Long> waiter = Actor.start(() -> {
            SharedLock there = other.lock("l", LEASE, false);
            long fence = there.lock(LONG);
            there.unlock();
            return fence;
        });
        waiter.awaitWaiting();
        assertThat(waiter.isDone()).isFalse();
        long fence = here.fence();
        here.unlock();
        assertThat(waiter.result()).isGreaterThan(fence);
    }

    @Test
    void lock_interruptedWhileWaiting_throws() {
        if (refused()) {
            return;
        }
        process().lock("l", LEASE, false).lock();
        Coordination other = process();
        Actor<Void> waiter = Actor.start(() -> {
            other.lock("l", LEASE, false).lockInterruptibly();
            return null;
        });
        waiter.awaitWaiting().interrupt();
        assertThat(waiter.failure()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void lock_byManyThreads_oneAtATime() {
        if (refused()) {
            return;
        }
        AtomicInteger inside = new AtomicInteger();
        int[] plain = {0};
        List<Actor<Void>> actors = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Coordination process = process();
            actors.add(Actor.start(() -> {
                SharedLock lock = process.lock("l", LEASE, false);
                for (int i = 0; i < 25; i++) {
                    lock.call(() -> {
                        assertThat(inside.incrementAndGet()).isEqualTo(1);
                        plain[0]++;
                        return inside.decrementAndGet();
                    });
                }
                return null;
            }));
        }
        actors.forEach(Actor::result);
        assertThat(plain[0]).isEqualTo(100);
    }

    @Test
    void semaphore_owners_neverMoreThanItsPermits() throws InterruptedException {
        if (refused()) {
            return;
        }
        SharedSemaphore here = process().semaphore("s", 2, LEASE);
        SharedSemaphore there = process().semaphore("s", 2, LEASE);
        assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(here::release);
        assertThat(here.availablePermits()).isEqualTo(2);
        long first = here.acquire(Duration.ZERO);
        long second = there.acquire(Duration.ZERO);
        assertThat(second).isGreaterThan(first);
        assertThat(here.tryAcquire()).isFalse();
        assertThat(there.availablePermits()).isZero();
        assertThatExceptionOfType(LockTimeoutException.class).isThrownBy(() -> there.acquire(Duration.ofMillis(5)));
        here.release();
        assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(here::release);
        assertThat(there.tryAcquire()).isTrue();
        context.ticker().advance(LEASE);
        assertThat(here.availablePermits()).as("their leases have ended").isEqualTo(2);
        assertThatExceptionOfType(IllegalMonitorStateException.class)
                .isThrownBy(there::release)
                .withMessageContaining("lost");
    }

    /** However long the names of threads are: a cell holds so many holders, and the name of the lock's. */
    @Test
    void semaphore_asManyPermitsAsThereMayBe_byThreadsOfAnyName() throws InterruptedException {
        if (refused()) {
            return;
        }
        SharedSemaphore here = process().semaphore("s", 1_000, LEASE);
        SharedLock lock = process().lock("l", LEASE, false);
        Thread thread = Thread.currentThread();
        String name = thread.getName();
        thread.setName("\u2603".repeat(30_000));
        try {
            long last = 0;
            for (int i = 0; i < 1_000; i++) {
                long fence = here.acquire(Duration.ZERO);
                assertThat(fence).isGreaterThan(last);
                last = fence;
            }
            assertThat(here.tryAcquire()).isFalse();
            assertThat(here.availablePermits()).isZero();
            here.release();
            assertThat(here.tryAcquire()).isTrue();
            lock.lock();
            lock.unlock();
        } finally {
            thread.setName(name);
        }
    }

    @Test
    void arguments_outOfRange_refused() {
        if (refused()) {
            return;
        }
        Coordination process = process();
        assertThatIllegalArgumentException().isThrownBy(() -> process.lock("l", Duration.ZERO, false));
        assertThatIllegalArgumentException().isThrownBy(() -> process.semaphore("s", 0, LEASE));
        assertThatIllegalArgumentException().isThrownBy(() -> process.throttle("t", 0, LEASE));
        assertThatIllegalArgumentException().isThrownBy(() -> process.throttle("t", 1, Duration.ZERO));
        SharedLock lock = process.lock("l", LEASE, false);
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(lock::newCondition);
    }

    @Test
    void close_ofTheCache_letsGo() {
        if (refused()) {
            return;
        }
        Cache<String, String> cache = strings();
        Recipes recipes = Recipes.of(cache);
        SharedLock lock = recipes.lock("l");
        assertThat(lock.tryLock()).isTrue();
        cache.put("k", "v");
        cache.clear();
        assertThat(Actor.start(() -> recipes.lock("l").tryLock()).result()).isFalse();
        assertThat(Recipes.of(cache).lock("l").isHeldByCurrentThread()).isTrue();
        cache.close();
        assertThatIllegalStateException().isThrownBy(lock::tryLock);
        assertThatIllegalStateException().isThrownBy(() -> Recipes.of(cache));
        Recipes again = Recipes.of(strings());
        assertThat(again.lock("l").tryLock()).isTrue();
    }

    @Test
    void lock_withinATransaction_refused() {
        if (refused() || !claims(Trait.TRANSACTIONS)) {
            return;
        }
        Cache<String, String> cache = strings();
        SharedLock lock = Recipes.of(cache).lock("l");
        assertThatIllegalStateException()
                .isThrownBy(() -> Transactions.of(cache).run(lock::lock))
                .withMessageContaining("transaction");
        assertThat(lock.tryLock()).isTrue();
    }
}
