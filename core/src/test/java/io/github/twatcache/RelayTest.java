package io.github.twatcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** Which run of a publisher a subscriber reads, in whatever order it comes and the runs follow each other. */
class RelayTest {
    private final List<String> told = new ArrayList<>();
    private final RelayReader<String> reader = new RelayReader<>(new Flow.Subscriber<>() {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            told.add("subscribed");
        }

        @Override
        public void onNext(String element) {
            told.add(element);
        }

        @Override
        public void onError(Throwable thrown) {
            told.add("failed");
        }

        @Override
        public void onComplete() {
            told.add("complete");
        }
    });

    /** What is asked of the publisher of a run. */
    private static final class Asked implements Flow.Subscription {
        long inAll;

        @Override
        public void request(long n) {
            inAll += n;
        }

        @Override
        public void cancel() {}
    }

    /** It had seen the run that failed, but was not yet among its readers when they went over to the next. */
    @Test
    void reader_thatComesToARunWhoseReadersHaveGoneOver_goesOverToo() {
        Relay<String> failed = new Relay<>();
        failed.onNext("of the first run");
        failed.onError(new IllegalStateException("down"));
        Relay<String> anew = new Relay<>();
        failed.handOver(anew);
        Asked asked = new Asked();
        anew.onSubscribe(asked);

        reader.request(2);
        reader.reads(failed);
        assertThat(asked.inAll).as("what it wants, of the run that goes on").isEqualTo(2);
        anew.onNext("a");
        anew.onNext("b");
        assertThat(told).containsExactly("a", "b");
    }

    /** Another thread may be giving it what has come, and is the one to have it enter. */
    @Test
    void reader_thatIsAboutToRead_isWaitedForBeforeAllIsAskedFor() {
        Relay<String> relay = new Relay<>();
        Asked asked = new Asked();
        relay.onSubscribe(asked);
        relay.expects();
        relay.attend();
        assertThat(asked.inAll).as("somebody is about to read").isZero();
        reader.request(1);
        reader.reads(relay);
        relay.came();
        assertThat(asked.inAll).as("what the reader wants").isEqualTo(1);

        Relay<String> nobodys = new Relay<>();
        Asked all = new Asked();
        nobodys.onSubscribe(all);
        nobodys.expects();
        nobodys.came();
        assertThat(all.inAll).as("nobody has come").isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void reader_thatComesLate_followsAnyNumberOfRuns() {
        Relay<String> first = new Relay<>();
        Relay<String> second = new Relay<>();
        Relay<String> third = new Relay<>();
        first.handOver(second);
        second.handOver(third);
        reader.request(9);
        reader.reads(first);
        third.onNext("a");
        assertThat(told).containsExactly("a");
    }

    /** The kept value it was settled with is the answer, whatever the source goes on to bring. */
    @Test
    void reader_thatIsSettled_goesOverToNoRun() {
        Relay<String> first = new Relay<>();
        reader.request(9);
        reader.reads(first);
        reader.settle(List.of("kept"), null);
        Relay<String> anew = new Relay<>();
        first.handOver(anew);
        reader.reads(first);
        anew.onNext("late");
        assertThat(told).containsExactly("kept", "complete");
    }
}
