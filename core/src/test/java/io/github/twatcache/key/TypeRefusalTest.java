package io.github.twatcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A declared type tells of what it holds, however deep, and types that hold themselves come to an end. */
final class TypeRefusalTest {
    record Point(double x, double y) {}

    record Job(String name, Thread runner) {}

    record Batch(List<Job> jobs) {}

    record Box<T>(T content) {}

    @SuppressWarnings("UnusedTypeParameter") // of which nothing is held
    record Id<T>(long number) {}

    record Node(String value, Node next) {}

    record Ring(Ring other, Thread runner) {}

    record Grow<T>(T value, Optional<Grow<List<T>>> more) {}

    sealed interface Shape permits Circle, Square {}

    record Circle(double radius) implements Shape {}

    record Square(double side, Thread painter) implements Shape {}

    sealed interface Worker permits Miner, Smith {}

    record Miner(Thread thread) implements Worker {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Smith(Thread[] threads) implements Worker {}

    sealed interface Expression permits Sum, Constant {}

    record Sum(Expression left, Expression right) implements Expression {}

    record Constant(int value) implements Expression {}

    record Open(Object any, Supplier<Thread> maker, List<?> some) {}

    /** Fields of these types are what is asked about. */
    @SuppressWarnings("unused")
    static final class Refused<T extends Thread> {
        Thread plain;
        Thread[][] array;
        List<Thread>[] arrayOfLists;
        List<Thread> list;
        List<? extends Thread> wildcard;
        Map<String, List<Thread>> nested;
        Optional<Thread> optional;
        Job record;
        Batch recordInList;
        Box<Thread> boxed;
        Box<List<Thread>> boxedList;
        Ring ring;
        Worker sealedWhole;
        T variable;
        Grow<Thread> growing;
        Map<Job, String> keys;
    }

    @SuppressWarnings("unused")
    static final class Taken<T> {
        Point record;
        List<Point> list;
        Node recursive;
        Box<Point> boxed;
        Id<Thread> phantom;
        Grow<String> growing;
        Shape sealedPart;
        Expression recursiveSealed;
        Open open;
        Object anything;
        T variable;
        List<?> wildcard;
        List<? super Thread> lower;
        int[][] array;
        Map<String, Optional<Instant>> nested;
    }

    static Stream<Type> refused() {
        return Stream.of(Refused.class.getDeclaredFields()).map(field -> field.getGenericType());
    }

    static Stream<Type> taken() {
        return Stream.of(Taken.class.getDeclaredFields()).map(field -> field.getGenericType());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusal_ofTypeThatHoldsAThread_namesIt(Type type) {
        assertThat(new CanonicalCodec().refusal(type)).get().asString().contains("Thread");
    }

    @ParameterizedTest
    @MethodSource("taken")
    void refusal_ofTypeWithSomeValues_isNone(Type type) {
        assertThat(new CanonicalCodec().refusal(type)).isEmpty();
    }
}
