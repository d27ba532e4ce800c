package io.github.twatcache.key;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Lists what the instructions of one method say. Labels go by the order in which they are first spoken of. */
final class Instructions extends MethodVisitor {
    private final List<Object> says;
    private final Map<Label, Integer> labels = new HashMap<>();

    Instructions(List<Object> says) {
        super(Opcodes.ASM9);
        this.says = says;
    }

    private Integer number(Label label) {
        return labels.computeIfAbsent(label, key -> labels.size());
    }

    @Override
    public void visitInsn(int opcode) {
        says.add(opcode);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        says.add(opcode);
        says.add(operand);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        says.add(opcode);
        says.add(variable);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        says.add(opcode);
        says.add(type);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String field, String desc) {
        says.add(opcode);
        says.add(owner);
        says.add(field);
        says.add(desc);
        if (opcode == Opcodes.GETSTATIC) {
            says.add(new ClassCode.StaticRead(owner, field, desc));
        }
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String method, String desc, boolean onInterface) {
        says.add(opcode);
        says.add(new ClassCode.Call(opcode, owner, method, desc));
    }

    @Override
    public void visitInvokeDynamicInsn(String call, String desc, Handle bootstrap, Object... arguments) {
        says.add(Opcodes.INVOKEDYNAMIC);
        says.add(call);
        says.add(desc);
        constant(bootstrap);
        says.add(arguments.length);
        for (Object argument : arguments) {
            constant(argument);
        }
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        says.add(opcode);
        says.add(number(label));
    }

    @Override
    public void visitLabel(Label label) {
        says.add("label");
        says.add(number(label));
    }

    @Override
    public void visitLdcInsn(Object value) {
        says.add(Opcodes.LDC);
        constant(value);
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
        says.add(Opcodes.IINC);
        says.add(variable);
        says.add(increment);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... targets) {
        says.add(Opcodes.TABLESWITCH);
        says.add(min);
        says.add(max);
        says.add(number(otherwise));
        for (Label target : targets) {
            says.add(number(target));
        }
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] targets) {
        says.add(Opcodes.LOOKUPSWITCH);
        says.add(keys.length);
        says.add(number(otherwise));
        for (int i = 0; i < keys.length; i++) {
            says.add(keys[i]);
            says.add(number(targets[i]));
        }
    }

    @Override
    public void visitMultiANewArrayInsn(String desc, int dimensions) {
        says.add(Opcodes.MULTIANEWARRAY);
        says.add(desc);
        says.add(dimensions);
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
        says.add("try");
        says.add(number(start));
        says.add(number(end));
        says.add(number(handler));
        says.add(type == null ? "" : type);
    }

    /** What is loaded from the constant pool. */
    private void constant(Object constant) {
        if (constant instanceof Handle handle) {
            says.add(handle.getTag());
            if (handle.getTag() <= Opcodes.H_PUTSTATIC) {
                says.add(handle.getOwner());
                says.add(handle.getName());
                says.add(handle.getDesc());
            } else {
                says.add(new ClassCode.Call(
                        opcode(handle.getTag()), handle.getOwner(), handle.getName(), handle.getDesc()));
            }
        } else if (constant instanceof ConstantDynamic dynamic) {
            says.add("dynamic");
            says.add(dynamic.getName());
            says.add(dynamic.getDescriptor());
            constant(dynamic.getBootstrapMethod());
            says.add(dynamic.getBootstrapMethodArgumentCount());
            for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
                constant(dynamic.getBootstrapMethodArgument(i));
            }
        } else if (constant instanceof Double number) {
            says.add("double");
            says.add(Double.doubleToRawLongBits(number));
        } else if (constant instanceof Float number) {
            says.add("float");
            says.add(Float.floatToRawIntBits(number));
        } else if (constant instanceof Type type) {
            says.add("type");
            says.add(type.getDescriptor());
        } else {
            says.add(constant);
        }
    }

    private static int opcode(int tag) {
        return switch (tag) {
            case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
            case Opcodes.H_INVOKEVIRTUAL -> Opcodes.INVOKEVIRTUAL;
            case Opcodes.H_INVOKEINTERFACE -> Opcodes.INVOKEINTERFACE;
            default -> Opcodes.INVOKESPECIAL;
        };
    }
}
