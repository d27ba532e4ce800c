package io.github.twatcache.cli.classes;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A class file's constants, as section 4.4 of the Java Virtual Machine Specification lays them out: numbered from 1, each
 * a tag and what the tag calls for. Texts are decoded when asked for.
 */
final class ConstantPool {
    private final ClassBytes bytes;
    private final @Nullable ConstantKind[] kinds;
    private final int[] places;

    private ConstantPool(ClassBytes bytes, int count) {
        this.bytes = bytes;
        this.kinds = new @Nullable ConstantKind[count];
        this.places = new int[count];
    }

    /** Reads the pool that begins at the bytes' position, and leaves them at its end. */
    static ConstantPool read(ClassBytes bytes) throws ClassFileException {
        int count = bytes.u2();
        if (count == 0) {
            throw new ClassFileException("the number of constants is 0, where 1 stands for none");
        }
        ConstantPool pool = new ConstantPool(bytes, count);
        for (int index = 1; index < count; ) {
            int tag = bytes.u1();
            ConstantKind kind = ConstantKind.ofTag(tag);
            if (kind == null) {
                throw new ClassFileException("constant " + index + " has the unknown tag " + tag);
            }
            pool.kinds[index] = kind;
            pool.places[index] = bytes.position();
            bytes.skip(kind.length());
            if (kind == ConstantKind.UTF8) {
                bytes.skip(bytes.u2At(pool.places[index]));
            }
            index += kind.places();
            if (index > count) {
                throw new ClassFileException("the last constant takes two places, and only one is left");
            }
        }
        return pool;
    }

    /** One more than the highest index. */
    int count() {
        return kinds.length;
    }

    /** What stands at an index; nothing in the second place of a long or double. */
    @Nullable ConstantKind kind(int index) {
        return kinds[index];
    }

    /** How many constants of each kind there are; kinds without any are left out. */
    Map<ConstantKind, Integer> counts() {
        Map<ConstantKind, Integer> counts = new EnumMap<>(ConstantKind.class);
        for (ConstantKind kind : kinds) {
            if (kind != null) {
                counts.merge(kind, 1, Integer::sum);
            }
        }
        return counts;
    }

    /** The text at an index. */
    String utf8(int index) throws ClassFileException {
        return bytes.utf8At(place(index, ConstantKind.UTF8));
    }

    /** The name that the class at an index has in class files: {@code java/lang/String}, {@code [I}. */
    String className(int index) throws ClassFileException {
        return utf8(bytes.u2At(place(index, ConstantKind.CLASS)));
    }

    /** The descriptor of the name and type at an index. */
    String descriptor(int index) throws ClassFileException {
        return utf8(bytes.u2At(place(index, ConstantKind.NAME_AND_TYPE) + 2));
    }

    /** The descriptor of the method type at an index. */
    String methodType(int index) throws ClassFileException {
        return utf8(bytes.u2At(place(index, ConstantKind.METHOD_TYPE)));
    }

    private int place(int index, ConstantKind wanted) throws ClassFileException {
        if (index <= 0 || index >= kinds.length || kinds[index] != wanted) {
            throw new ClassFileException("constant " + index + " should be a " + wanted.title() + ", of "
                    + (kinds.length - 1) + " constants");
        }
        return places[index];
    }
}
