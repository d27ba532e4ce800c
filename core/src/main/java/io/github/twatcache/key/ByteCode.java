package io.github.twatcache.key;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Finds the class file of a class. */
final class ByteCode {
    private ByteCode() {}

    /**
     * Reads a class file through the loader of its class.
     *
     * @param type the class
     * @return its bytes, {@code null} where there are none to be had: hidden and generated classes, native images
     */
    static byte @Nullable [] of(Class<?> type) {
        return type.isHidden() ? null : of(type.getName().replace('.', '/'), type);
    }

    /**
     * Reads the class file of a class that another one mentions.
     *
     * @param internalName the name, with slashes
     * @param near a class whose loader finds it
     * @return its bytes, {@code null} where there are none to be had
     */
    static byte @Nullable [] of(String internalName, Class<?> near) {
        // Class files are never encapsulated by their module.
        try (InputStream in = near.getResourceAsStream("/" + internalName + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            return null;
        }
    }
}
