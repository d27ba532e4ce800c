package io.github.twatcache.cli.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The class file parser beside ASM, reflection, and damaged files. */
class ClassFactsTest {
    private static final long SEED = Long.getLong("twat.seed", 20_260_101);
    private static final int SAMPLE = 500;

    /** Something of most kinds that javac writes. */
    @SuppressWarnings("unused") // javac must write it, nobody calls it
    private static final class Mixed {
        private static final long WIDE = 1L << 40;
        private static final double WIDE_TOO = Math.PI * 3;
        private final List<java.util.concurrent.Callable<String[][]>> field = new ArrayList<>();

        java.time.Instant at(java.nio.file.Path path, int[] plain) {
            field.add(() -> new String[(int) (WIDE * WIDE_TOO)][]);
            return java.time.Instant.MIN;
        }
    }

    @Test
    void of_ownClass_tellsWhatItRefersTo() throws IOException {
        ClassFacts facts = ClassFacts.of(bytes(Mixed.class));

        assertThat(facts.name()).isEqualTo(Mixed.class.getName());
        assertThat(facts.packageName()).isEqualTo("io.github.twatcache.cli.classes");
        assertThat(facts.references())
                .contains("java.lang", "java.util", "java.util.concurrent", "java.time", "java.nio.file")
                .doesNotContain("io.github.twatcache.cli.classes", "");
        assertThat(facts.constants())
                .containsKeys(ConstantKind.LONG, ConstantKind.DOUBLE, ConstantKind.INVOKE_DYNAMIC)
                .doesNotContainKey(ConstantKind.MODULE)
                .isEqualTo(AsmFacts.constants(bytes(Mixed.class)));
    }

    @Test
    void of_dynamicConstantAndNamesBeyondAscii_areRead() throws IOException {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "p/Dynamic", null, "q/Parent", new String[] {"r/Face"});
        MethodVisitor method =
                writer.visitMethod(Opcodes.ACC_STATIC, "m", "(Ls\u00e9\ud835\udcb3/Argument;)[Lt/Result;", null, null);
        Handle bootstrap = new Handle(Opcodes.H_INVOKESTATIC, "u/Boot", "strap", "()V", false);
        method.visitLdcInsn(new ConstantDynamic("name", "Lv/Type;", bootstrap));
        method.visitEnd();

        ClassFacts facts = ClassFacts.of(writer.toByteArray());

        assertThat(facts.constants()).containsEntry(ConstantKind.DYNAMIC, 1);
        assertThat(facts.references()).containsExactlyInAnyOrder("q", "r", "s\u00e9\ud835\udcb3", "t", "u", "v");
    }

    @Test
    void of_theJdksClasses_areAsAsmReadsThem() throws IOException {
        List<String> paths = new ArrayList<>(RuntimeImage.classFiles("java.base"));
        Collections.shuffle(paths, new Random(SEED));
        paths.add("/modules/java.base/java/lang/String.class");
        paths.add("/modules/java.base/module-info.class");
        for (String path : paths.subList(paths.size() - SAMPLE, paths.size())) {
            ClassFacts facts = ClassFacts.parse(path);
            byte[] bytes = RuntimeImage.read(path);
            assertThat(facts.constants()).as("seed %s, %s", SEED, path).isEqualTo(AsmFacts.constants(bytes));
            assertThat(facts.references()).as("seed %s, %s", SEED, path).isEqualTo(AsmFacts.references(bytes));
            assertThat(path).endsWith("/" + facts.name().replace('.', '/') + ".class");
        }
    }

    @Test
    void parse_string_refersToWhatItsMembersDeclare() throws IOException {
        ClassFacts facts = ClassFacts.parse("/modules/java.base/java/lang/String.class");

        List<String> declared = Stream.concat(
                        Arrays.stream(String.class.getDeclaredFields()).map(field -> field.getType()),
                        Arrays.stream(String.class.getDeclaredMethods())
                                .flatMap(method -> Stream.concat(
                                        Stream.of(method.getReturnType()), Arrays.stream(method.getParameterTypes()))))
                .map(type -> {
                    Class<?> inner = type;
                    while (inner.isArray()) {
                        inner = inner.getComponentType();
                    }
                    return inner;
                })
                .filter(type -> !type.isPrimitive() && type.getPackage() != String.class.getPackage())
                .map(Class::getPackageName)
                .toList();
        assertThat(declared).isNotEmpty();
        assertThat(facts.references()).containsAll(declared);
        assertThat(facts.packageName()).isEqualTo("java.lang");
    }

    @Test
    void parse_moduleDeclaration_hasNoPackage() throws IOException {
        ClassFacts facts = ClassFacts.parse("/modules/java.base/module-info.class");

        assertThat(facts.packageName()).isEmpty();
        assertThat(facts.constants()).containsKeys(ConstantKind.MODULE, ConstantKind.PACKAGE);
    }

    @Test
    void of_noClassFile_saysWhatItBeginsWith() {
        assertThatExceptionOfType(ClassFileException.class)
                .isThrownBy(() -> ClassFacts.of("<!DOCTYPE html>".getBytes(StandardCharsets.US_ASCII)))
                .withMessage("begins with 3c21444f and not with cafebabe");
    }

    @Test
    void of_unknownTag_saysWhich() throws IOException {
        byte[] bytes = bytes(ClassFactsTest.class);
        bytes[10] = 13; // the first constant's tag
        assertThatExceptionOfType(ClassFileException.class)
                .isThrownBy(() -> ClassFacts.of(bytes))
                .withMessage("constant 1 has the unknown tag 13");
    }

    @Test
    void of_cutAnywhereOrLonger_isRefused() throws IOException {
        byte[] bytes = bytes(Mixed.class);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThat(catchThrowable(() -> ClassFacts.of(cut)))
                    .as("first %s bytes", length)
                    .isInstanceOf(ClassFileException.class);
        }
        assertThatExceptionOfType(ClassFileException.class)
                .isThrownBy(() -> ClassFacts.of(Arrays.copyOf(bytes, bytes.length + 1)))
                .withMessage("goes on after its end at byte " + bytes.length);
    }

    @Test
    void of_anyByteChanged_isReadOrRefusedAndNothingElse() throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        byte[] bytes = bytes(Mixed.class);
        for (int place = 0; place < bytes.length; place++) {
            byte[] changed = bytes.clone();
            changed[place] = (byte) random.nextInt();
            Throwable thrown = catchThrowable(() -> ClassFacts.of(changed));
            if (thrown != null) {
                assertThat(thrown).as("seed %s, byte %s", SEED, place).isInstanceOf(ClassFileException.class);
            }
        }
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
        try (var in = type.getResourceAsStream(file)) {
            return in.readAllBytes();
        }
    }
}
