package io.github.twatcache.key;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the code of a function through its nest and digests it.
 *
 * <p>A method of the nest is spoken of by the number in which the walk first met it, never by its name: so names are
 * free to change, and a ring of calls ends. Whatever lies outside the nest is spoken of by name. For one use and thread.
 */
final class CodeDigest {
    /** Where class files come from. */
    interface Source {
        byte @Nullable [] of(String internalName, Class<?> near);
    }

    /** A method of the nest. */
    private record Place(ClassCode type, ClassCode.Method method) {}

    private static final Logger LOG = LoggerFactory.getLogger(Fingerprint.class);
    private static final String INITIALISER = "<clinit>()V";

    private final Source source;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private final IdentityHashMap<ClassCode.Method, Integer> numbers = new IdentityHashMap<>();
    private final Deque<Place> waiting = new ArrayDeque<>();
    private final Map<String, @Nullable ClassCode> read = new HashMap<>();
    private Set<String> nest = Set.of();
    private Class<?> near = CodeDigest.class;

    CodeDigest(Source source) {
        this.source = source;
    }

    /**
     * Adds a method and all that it reaches in its nest.
     *
     * @param implementation the method
     * @return whether there was byte code to be had
     */
    boolean addMethod(Implementation implementation) {
        Class<?> type = implementation.declaring();
        if (type.isHidden()) {
            return false;
        }
        try {
            ClassCode code = enter(type);
            ClassCode.Method method =
                    code == null ? null : code.methods.get(implementation.method() + implementation.descriptor());
            if (code == null || method == null || method.says().isEmpty()) {
                return false;
            }
            say("method");
            reach(code, method);
            walk();
            return true;
        } catch (IllegalArgumentException e) {
            return addWhole(type);
        }
    }

    /**
     * Adds the whole content of a class.
     *
     * @param type the class
     * @return whether there was byte code to be had
     */
    boolean addClass(Class<?> type) {
        if (type.isHidden()) {
            return false;
        }
        try {
            ClassCode code = enter(type);
            if (code == null) {
                return false;
            }
            say("class");
            say(code.name);
            code.parents.forEach(this::say);
            code.fields.forEach((field, constant) -> {
                say(field);
                say(constant);
            });
            for (ClassCode.Method method : code.methods.values()) {
                if (!method.is(Opcodes.ACC_SYNTHETIC)) {
                    say(method.name());
                    reach(code, method);
                }
            }
            walk();
            return true;
        } catch (IllegalArgumentException e) {
            return addWhole(type);
        }
    }

    Digest digest() {
        return Digest.of(bytes.toByteArray());
    }

    /** The class files of a nest as they are, debug data and all, since they cannot be read. */
    private boolean addWhole(Class<?> type) {
        LOG.warn(
                "the class file of {} is newer than this library can read: its fingerprint is that of the whole file, so"
                        + " any change of it makes results be computed anew; update the library, or set version(...)",
                type.getName());
        try {
            for (Class<?> member : type.getNestHost().getNestMembers()) {
                byte[] file = source.of(member.getName().replace('.', '/'), type);
                if (file == null) {
                    return false;
                }
                say("file");
                say(member.getName());
                say(Digest.of(file).hex());
            }
            return true;
        } catch (LinkageError e) {
            return false;
        }
    }

    private @Nullable ClassCode enter(Class<?> type) {
        near = type;
        ClassCode code = read(type.getName().replace('.', '/'));
        if (code == null) {
            return null;
        }
        ClassCode host = code.nestHost.equals(code.name) ? code : read(code.nestHost);
        Set<String> members = new LinkedHashSet<>();
        members.add(code.nestHost);
        members.add(code.name);
        if (host != null) {
            members.addAll(host.nestMembers);
        }
        nest = members;
        return code;
    }

    private @Nullable ClassCode read(String name) {
        if (!read.containsKey(name)) {
            byte[] file = source.of(name, near);
            read.put(name, file == null ? null : ClassCode.of(file));
        }
        return read.get(name);
    }

    private @Nullable ClassCode member(String name) {
        return nest.contains(name) ? read(name) : null;
    }

    private void walk() {
        for (Place place = waiting.poll(); place != null; place = waiting.poll()) {
            say("body");
            say(place.method.descriptor());
            say(place.method.access() & (Opcodes.ACC_STATIC | Opcodes.ACC_SYNCHRONIZED));
            for (Object word : place.method.says()) {
                if (word instanceof ClassCode.Call call) {
                    follow(call);
                } else if (word instanceof ClassCode.StaticRead field) {
                    follow(field);
                } else {
                    say(word);
                }
            }
        }
    }

    private void follow(ClassCode.StaticRead field) {
        // Whether assertions are on is no part of what a function computes.
        if (field.name().equals("$assertionsDisabled")) {
            return;
        }
        // The class that is named may have inherited the field.
        for (ClassCode type : lineage(field.owner())) {
            ClassCode.Method initialiser = type.methods.get(INITIALISER);
            if (initialiser != null) {
                reach(type, initialiser);
            }
        }
    }

    private void follow(ClassCode.Call call) {
        ClassCode owner = member(call.owner());
        Place found = owner == null ? null : find(owner, call.name() + call.descriptor());
        if (owner == null || found == null) {
            say(call.owner());
            say(call.name());
            say(call.descriptor());
        } else {
            reach(found.type, found.method);
        }
        if (owner == null) {
            return;
        }
        if (call.name().equals("<init>")) {
            created(owner);
        } else if (call.opcode() == Opcodes.INVOKEVIRTUAL || call.opcode() == Opcodes.INVOKEINTERFACE) {
            overrides(found == null ? owner : found.type, call.name() + call.descriptor(), found);
        }
    }

    private @Nullable Place find(ClassCode type, String method) {
        ClassCode.Method found = type.methods.get(method);
        if (found != null) {
            return new Place(type, found);
        }
        for (String parent : type.parents) {
            ClassCode code = member(parent);
            Place place = code == null ? null : find(code, method);
            if (place != null) {
                return place;
            }
        }
        return null;
    }

    /** Reaches what may run in the place of a method: that of each class below, its own or inherited from beside it. */
    private void overrides(ClassCode called, String method, @Nullable Place known) {
        if (known != null && known.method.is(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC)) {
            return;
        }
        Set<ClassCode.Method> reached = Collections.newSetFromMap(new IdentityHashMap<>());
        if (known != null) {
            reached.add(known.method);
        }
        for (String name : nest) {
            ClassCode below = member(name);
            if (below == null || below == called || !extendsIt(below, called.name)) {
                continue;
            }
            for (ClassCode type : lineage(name)) {
                ClassCode.Method override = type.methods.get(method);
                if (override != null && reached.add(override)) {
                    reach(type, override);
                }
            }
        }
    }

    /** A class of the nest, and those of the nest that it extends and implements. */
    private List<ClassCode> lineage(String name) {
        Map<String, ClassCode> found = new LinkedHashMap<>();
        lineage(name, found);
        return List.copyOf(found.values());
    }

    private void lineage(String name, Map<String, ClassCode> found) {
        ClassCode type = member(name);
        if (type != null && found.putIfAbsent(name, type) == null) {
            type.parents.forEach(parent -> lineage(parent, found));
        }
    }

    private boolean extendsIt(ClassCode type, String ancestor) {
        for (String parent : type.parents) {
            ClassCode code = member(parent);
            if (parent.equals(ancestor) || (code != null && extendsIt(code, ancestor))) {
                return true;
            }
        }
        return false;
    }

    /**
     * An object that is made may be called by code outside the nest, through a type that this code knows, whichever of the
     * classes and interfaces of the object it is that has that type.
     */
    private void created(ClassCode type) {
        List<ClassCode> all = lineage(type.name);
        boolean known = all.stream()
                .flatMap(each -> each.parents.stream())
                .anyMatch(parent -> !parent.equals("java/lang/Object") && !nest.contains(parent));
        for (ClassCode each : all) {
            for (ClassCode.Method method : each.methods.values()) {
                boolean virtual = !method.is(Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)
                        && !method.name().startsWith("<");
                if (virtual && (known || isOfObject(method))) {
                    reach(each, method);
                }
            }
        }
    }

    private static boolean isOfObject(ClassCode.Method method) {
        return switch (method.name() + method.descriptor()) {
            case "equals(Ljava/lang/Object;)Z", "hashCode()I", "toString()Ljava/lang/String;" -> true;
            default -> false;
        };
    }

    private void reach(ClassCode type, ClassCode.Method method) {
        Integer number = numbers.get(method);
        if (number == null) {
            number = numbers.size();
            numbers.put(method, number);
            waiting.add(new Place(type, method));
        }
        say("reach");
        say(number);
    }

    /** Each word with its kind, so that no two sequences of words write the same bytes. */
    private void say(Object word) {
        try {
            if (word instanceof Integer number) {
                out.writeByte('i');
                out.writeInt(number);
            } else if (word instanceof Long number) {
                out.writeByte('l');
                out.writeLong(number);
            } else {
                String text = (String) word;
                out.writeByte('s');
                out.writeInt(text.length());
                out.writeChars(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
    }
}
