package io.github.twatcache.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

final class UseLogTest {
    private static final int THREADS = 4;
    private static final int NOTES = 200_000;
    private static final int THREAD = 1 << 20;

    private final UseLog log = UseLog.empty();
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Integer> heard = new ArrayList<>();

    /** As the store does: notes, or takes the lock and uses at once. */
    private void use(int place) {
        if (!log.note(place)) {
            lock.lock();
            try {
                log.hear(heard::add);
                log.join();
                heard.add(place);
            } finally {
                lock.unlock();
            }
        }
    }

    private void write() {
        lock.lock();
        try {
            log.hear(heard::add);
            log.calm();
        } finally {
            lock.unlock();
        }
    }

    @Test
    void note_oneThread_isHeardInOrder() {
        List<Integer> noted = new ArrayList<>();
        for (int place = 1; place <= 10_000; place++) {
            use(place);
            noted.add(place);
            if (place % 777 == 0) {
                write();
            }
        }
        write();
        assertThat(heard).isEqualTo(noted);
    }

    @Test
    void note_placeOfNobody_isNotHeard() {
        assertThat(log.note(Node.UNORDERED)).isTrue();
        assertThat(log.note(0)).isTrue();
        write();
        assertThat(heard).isEmpty();
    }

    @Test
    void note_ringIsFull_asksForTheLock() {
        int noted = 0;
        while (log.note(noted + 1)) {
            noted++;
        }
        assertThat(noted).isEqualTo(128);
        write();
        assertThat(heard).hasSize(128);
        assertThat(log.note(1)).isTrue();
    }

    /** What happened before on another thread is heard before; so it is after threads have got in each other's way. */
    @Test
    void note_threadsInTurn_isHeardInOrder() throws Exception {
        race(() -> {
            for (int i = 0; i < 20_000; i++) {
                use(1);
            }
            return null;
        });
        List<Integer> noted = new ArrayList<>();
        ExecutorService one = Executors.newSingleThreadExecutor();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            write();
            heard.clear();
            for (int place = 2; place < 2_000; place++) {
                int mine = place;
                (place % 3 == 0 ? one : other).submit(() -> use(mine)).get();
                noted.add(place);
            }
        } finally {
            one.shutdownNow();
            other.shutdownNow();
        }
        write();
        assertThat(heard).isEqualTo(noted);
    }

    /** Whoever comes after a crowd is heard after it, though nobody has written in between. */
    @Test
    void note_afterACrowdWithoutAWrite_isHeardLast() throws Exception {
        race(() -> {
            for (int i = 0; i < 20_000; i++) {
                use(1);
            }
            return null;
        });
        use(2);
        use(3);
        write();
        assertThat(heard.subList(heard.size() - 2, heard.size())).containsExactly(2, 3);
    }

    @Test
    void note_threadOnItsOwn_getsASolo_untilAnotherHits() throws Exception {
        List<Integer> noted = new ArrayList<>();
        for (int place = 1; place <= 1_000; place++) {
            use(place);
            noted.add(place);
        }
        assertThat(log.state().solo).isNotNull();
        write();
        assertThat(log.state().solo).as("a write of its own ends nothing").isNotNull();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            other.submit(() -> use(1_001)).get();
        } finally {
            other.shutdownNow();
        }
        assertThat(log.state().solo).isNull();
        use(1_002);
        write();
        noted.addAll(List.of(1_001, 1_002));
        assertThat(heard).isEqualTo(noted);
    }

    /** Runs that are long enough for a solo, by one thread after the other; now and then somebody writes. */
    @Test
    void note_threadsInTurnForLong_isHeardInOrder() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        List<Integer> noted = new ArrayList<>();
        List<ExecutorService> threads = new ArrayList<>();
        boolean solo = false;
        try {
            for (int thread = 0; thread < THREADS; thread++) {
                threads.add(Executors.newSingleThreadExecutor());
            }
            for (int run = 0; run < 400; run++) {
                int first = noted.size() + 1;
                int after = first + random.nextInt(run % 2 == 0 ? 600 : 3);
                threads.get(random.nextInt(THREADS))
                        .submit(() -> {
                            for (int place = first; place < after; place++) {
                                use(place);
                            }
                        })
                        .get();
                for (int place = first; place < after; place++) {
                    noted.add(place);
                }
                solo |= log.state().solo != null;
                if (random.nextInt(5) == 0) {
                    write();
                }
            }
        } finally {
            threads.forEach(ExecutorService::shutdownNow);
        }
        write();
        assertThat(solo).isTrue();
        assertThat(heard).isEqualTo(noted);
    }

    /** A thread that was on its own, and is stopped before it adds until another has ended that. */
    @Test
    void note_lateOnItsOwn_isHeardBeforeWhatTheThreadNotesNext() {
        Solo mine = onMyOwn();
        log.state().solo = null;
        assertThat(mine.add(2)).isTrue();
        use(3);
        write();
        assertThat(heard).containsExactly(2, 3);
    }

    /** The same while somebody is hearing, between the solo and the ring. */
    @Test
    void note_lateOnItsOwnWhileSomebodyHears_isHeardBeforeWhatTheThreadNotesNext() {
        Solo mine = onMyOwn();
        log.state().solo = null;
        use(2);
        log.hear(place -> {
            heard.add(place);
            if (place == 2) {
                assertThat(mine.add(3)).isTrue();
                assertThat(log.note(4)).isTrue();
            }
        });
        write();
        assertThat(heard).containsExactly(2, 3, 4);
    }

    /** A thread that notes in the ring, since it has not seen yet that another is on its own, and then meets that other. */
    @Test
    void note_lateInTheRing_isHeardBeforeWhatIsNotedOnItsOwnThen() {
        Solo mine = onMyOwn();
        log.state().solo = null;
        use(2);
        log.state().solo = mine;
        use(3);
        write();
        assertThat(heard).containsExactly(2, 3);
    }

    /** A solo of a thread that is gone serves another. */
    @Test
    void note_manyThreadsOneAfterTheOther_areOnTheirOwnAll() throws Exception {
        for (int thread = 0; thread < 20; thread++) {
            Thread gone = new Thread(() -> {
                for (int place = 1; place < 1_000; place++) {
                    use(place);
                }
            });
            gone.start();
            gone.join();
            assertThat(log.state().solo).isNotNull();
            assertThat(log.state().solo.thread).isEqualTo(gone.getId());
        }
        assertThat(log.state().solos).hasSizeLessThanOrEqualTo(8);
    }

    private Solo onMyOwn() {
        while (log.state().solo == null) {
            use(1);
        }
        write();
        heard.clear();
        return log.state().solo;
    }

    @Test
    void note_inASecondCrowd_joinsAnew() {
        use(1);
        log.state().crowd = 1;
        use(2);
        use(3);
        write();
        use(4);
        log.state().crowd = 3;
        use(5);
        use(6);
        write();
        assertThat(heard).containsExactly(1, 2, 3, 4, 5, 6);
    }

    /** A thread that has seen a crowd, and is stopped before it adds to its queue until the crowd has ended. */
    @Test
    void note_lateInACrowd_isHeardBeforeWhatTheThreadNotesNext() {
        log.state().crowd = 1;
        use(1);
        write();
        UseLog.Queue mine = log.queues()[(int) Thread.currentThread().getId() & (log.queues().length - 1)];
        assertThat(mine.add(2)).isTrue();
        use(3);
        write();
        assertThat(heard).containsExactly(1, 2, 3);
    }

    /** The same while somebody is hearing, between the queues and the end of the ring. */
    @Test
    void note_lateInACrowdWhileSomebodyHears_isHeardBeforeWhatTheThreadNotesNext() {
        log.state().crowd = 1;
        use(1);
        write();
        use(2);
        UseLog.Queue mine = log.queues()[(int) Thread.currentThread().getId() & (log.queues().length - 1)];
        log.hear(place -> {
            heard.add(place);
            if (place == 2) {
                assertThat(mine.add(3)).isTrue();
                assertThat(log.note(4)).isTrue();
            }
        });
        write();
        assertThat(heard).containsExactly(1, 2, 3, 4);
    }

    @Test
    void note_threadsRace_nothingIsLostAndEachThreadKeepsItsOrder() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Callable<Object>> work = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int base = thread * THREAD + 1;
            work.add(() -> {
                for (int i = 0; i < NOTES; i++) {
                    use(base + i);
                }
                return null;
            });
        }
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<?> writing = writer.submit(() -> {
                while (!done.get()) {
                    write();
                }
            });
            runAll(work);
            done.set(true);
            writing.get();
        } finally {
            writer.shutdownNow();
        }
        write();
        int[] next = new int[THREADS];
        for (int place : heard) {
            int thread = (place - 1) / THREAD;
            assertThat(place - 1 - thread * THREAD).as("thread " + thread).isEqualTo(next[thread]++);
        }
        assertThat(next).containsOnly(NOTES);
    }

    private static void race(Callable<Object> each) throws Exception {
        List<Callable<Object>> work = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            work.add(each);
        }
        runAll(work);
    }

    private static void runAll(List<Callable<Object>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            for (Future<Object> each : threads.invokeAll(work)) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
