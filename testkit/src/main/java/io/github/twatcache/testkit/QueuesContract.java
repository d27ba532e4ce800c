package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.twatcache.Cache;
import io.github.twatcache.Queues;
import io.github.twatcache.SharedDeque;
import io.github.twatcache.spi.Trait;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Queues keep the order of each end, give an item to one taker, and are no entries. */
@Contract("§3 queues")
public abstract class QueuesContract extends EngineContract {
    /** Makes a contract. */
    protected QueuesContract() {}

    private Cache<String, String> strings() {
        return cache().types(String.class, String.class).build();
    }

    private boolean refused() {
        return refuses(Trait.QUEUES, () -> Queues.of(strings()));
    }

    private SharedDeque<String> queue(String name) {
        return Queues.of(strings()).queue(name);
    }

    @Test
    void poll_empty_nothing() {
        if (refused()) {
            return;
        }
        SharedDeque<String> queue = queue("q");
        assertThat(queue.pollFirst()).isNull();
        assertThat(queue.peekLast()).isNull();
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.size()).isZero();
        assertThat(queue.iterator().hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(queue::removeFirst)
                .withMessageContaining("'q'");
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(queue::getLast);
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> queue.iterator().next());
    }

    @Test
    void push_bothEnds_theOrderOfEach() {
        if (refused()) {
            return;
        }
        SharedDeque<String> queue = queue("q");
        queue.addLast("c");
        queue.addFirst("b");
        queue.addLast("d");
        queue.addFirst("a");
        assertThat(queue).containsExactly("a", "b", "c", "d");
        assertThat(queue.descendingIterator()).toIterable().containsExactly("d", "c", "b", "a");
        assertThat(queue.peekFirst()).isEqualTo("a");
        assertThat(queue.peekLast()).isEqualTo("d");
        assertThat(queue.size()).isEqualTo(4);
        assertThat(queue.pollLast()).isEqualTo("d");
        assertThat(queue.pollFirst()).isEqualTo("a");
        assertThat(queue.pollFirst()).isEqualTo("b");
        assertThat(queue.pollLast()).isEqualTo("c");
        assertThat(queue.pollLast()).isNull();
    }

    @Test
    void randomOperations_asAnArrayDeque() {
        if (refused()) {
            return;
        }
        SharedDeque<String> queue = queue("random");
        Deque<String> model = new ArrayDeque<>();
        SplittableRandom random = Seed.random();
        for (int i = 0; i < 1_000; i++) {
            String item = "item " + random.nextInt(20);
            switch (random.nextInt(9)) {
                case 0, 1 -> {
                    queue.addFirst(item);
                    model.addFirst(item);
                }
                case 2, 3 -> {
                    queue.addLast(item);
                    model.addLast(item);
                }
                case 4 -> assertThat(queue.pollFirst()).isEqualTo(model.pollFirst());
                case 5 -> assertThat(queue.pollLast()).isEqualTo(model.pollLast());
                case 6 -> assertThat(queue.removeFirstOccurrence(item)).isEqualTo(model.removeFirstOccurrence(item));
                case 7 -> assertThat(queue.removeLastOccurrence(item)).isEqualTo(model.removeLastOccurrence(item));
                default -> assertThat(queue.contains(item)).isEqualTo(model.contains(item));
            }
            assertThat(queue.peekFirst()).isEqualTo(model.peekFirst());
            assertThat(queue.peekLast()).isEqualTo(model.peekLast());
            assertThat(queue.size()).isEqualTo(model.size());
        }
        assertThat(new ArrayList<>(queue)).isEqualTo(new ArrayList<>(model));
    }

    @Test
    void queues_ofOtherNames_apart() {
        if (refused()) {
            return;
        }
        List<String> names = List.of("", "a", "a-000000000000001", "A", "a'b", "%", "ä€\uD83D\uDE00", " a", "a ");
        names.forEach(name -> queue(name).add("in '" + name + "'"));
        for (String name : names) {
            assertThat(queue(name)).containsExactly("in '" + name + "'");
        }
        queue("a").clear();
        assertThat(queue("a")).isEmpty();
        assertThat(queue("A")).hasSize(1);
        assertThat(queue("a-000000000000001")).hasSize(1);
    }

    @Test
    void add_null_refused() {
        if (refused()) {
            return;
        }
        SharedDeque<String> queue = queue("q");
        assertThatNullPointerException().isThrownBy(() -> queue.add(nothing()));
        assertThatIllegalArgumentException().isThrownBy(() -> queue.addLast("x", Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Queues.of(strings()).queue("q", 0));
        assertThat(queue).isEmpty();
    }

    @Test
    void add_full_theOtherEndLetsGo() {
        if (refused()) {
            return;
        }
        SharedDeque<String> last = Queues.of(strings()).queue("q", 3);
        for (int i = 0; i < 10; i++) {
            last.addLast("n" + i);
            assertThat(last.size()).isLessThanOrEqualTo(3);
        }
        assertThat(last).containsExactly("n7", "n8", "n9");
        last.addFirst("n6");
        assertThat(last).containsExactly("n6", "n7", "n8");
    }

    @Test
    void items_areNoEntries() {
        if (refused()) {
            return;
        }
        Cache<String, String> cache = strings();
        SharedDeque<String> queue = Queues.of(cache).queue("q");
        queue.add("item");
        cache.put("k", "v");
        assertThat(cache.size()).isEqualTo(1);
        assertThat(cache).hasSize(1);
        cache.clear();
        assertThat(queue).containsExactly("item");
        assertThat(cache.size()).isZero();
    }

    @Test
    void item_lifetimeOver_isNotThere() {
        if (refused()) {
            return;
        }
        SharedDeque<String> queue = queue("q");
        queue.addLast("short", Duration.ofMinutes(1));
        queue.addLast("long", Duration.ofMinutes(3));
        queue.addLast("lasting");
        queue.addFirst("shorter", Duration.ofSeconds(30));
        ticker.advance(Duration.ofSeconds(60).minusNanos(1_000_000));
        assertThat(queue).containsExactly("short", "long", "lasting");
        ticker.advance(Duration.ofMillis(1));
        assertThat(queue.peekFirst()).isEqualTo("long");
        assertThat(queue.size()).isEqualTo(2);
        ticker.advance(Duration.ofMinutes(2));
        assertThat(queue.pollFirst()).isEqualTo("lasting");
        assertThat(queue.pollFirst()).isNull();
    }

    @Test
    void poll_byManyThreads_eachItemOnceInOrder() {
        if (refused()) {
            return;
        }
        Cache<String, String> cache = strings();
        int items = 400;
        Actor<Void> giver = Actor.start(() -> {
            SharedDeque<String> queue = Queues.of(cache).queue("q");
            for (int i = 0; i < items; i++) {
                queue.addLast("%03d".formatted(i));
            }
            return null;
        });
        List<Actor<List<String>>> takers = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            takers.add(Actor.start(() -> {
                SharedDeque<String> queue = Queues.of(cache).queue("q");
                List<String> mine = new ArrayList<>();
                while (true) {
                    boolean last = giver.isDone();
                    String item = queue.pollFirst();
                    if (item != null) {
                        mine.add(item);
                    } else if (last) {
                        return mine;
                    }
                }
            }));
        }
        giver.result();
        TreeSet<String> all = new TreeSet<>();
        int count = 0;
        for (Actor<List<String>> taker : takers) {
            List<String> mine = taker.result();
            assertThat(mine).isSorted();
            all.addAll(mine);
            count += mine.size();
        }
        assertThat(count).isEqualTo(items);
        assertThat(all).hasSize(items);
    }

    @Test
    void iteration_whileOthersTake_neitherFailsNorRepeats() {
        if (refused()) {
            return;
        }
        SharedDeque<String> queue = queue("q");
        for (int i = 0; i < 50; i++) {
            queue.add("n" + i);
        }
        List<String> seen = new ArrayList<>();
        for (Iterator<String> walk = queue.iterator(); walk.hasNext(); ) {
            String item = walk.next();
            seen.add(item);
            queue.pollLast();
            if (seen.size() % 5 == 0) {
                walk.remove();
            }
        }
        assertThat(seen).doesNotHaveDuplicates().startsWith("n0", "n1", "n2");
        assertThat(seen.size()).isBetween(25, 26);
    }

    @Test
    void item_large_comesBackWhole() {
        if (refused()) {
            return;
        }
        Cache<String, byte[]> cache = cache().types(String.class, byte[].class).build();
        byte[] large = new byte[300_000];
        new Random(Seed.value()).nextBytes(large);
        SharedDeque<byte[]> queue = Queues.of(cache).queue("q");
        queue.add(large);
        queue.add(new byte[0]);
        assertThat(queue.contains(large.clone())).isTrue();
        assertThat(queue.pollFirst()).isEqualTo(large);
        assertThat(queue.pollFirst()).isEmpty();
    }

    @Test
    void use_afterClose_illegalState() {
        if (refused()) {
            return;
        }
        Cache<String, String> cache = strings();
        SharedDeque<String> queue = Queues.of(cache).queue("q");
        cache.close();
        assertThatIllegalStateException().isThrownBy(() -> queue.add("x"));
        assertThatIllegalStateException().isThrownBy(queue::poll);
    }
}
