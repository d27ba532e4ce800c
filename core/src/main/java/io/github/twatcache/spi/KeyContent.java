package io.github.twatcache.spi;

/**
 * An argument that tells by itself what stands for it in the key of a call: one whose content is too large to be copied, and
 * that knows a digest of it. An encoder that is registered for its class comes first. Thread-safe.
 */
public interface KeyContent {
    /**
     * What stands for it, beside the name of its class: the same for equal content in any run, and different for different
     * content.
     *
     * @param secure whether it must be safe against somebody who makes two arguments of one digest on purpose
     * @return something that has a canonical encoding: a text, a number, a record of such
     */
    Object keyContent(boolean secure);
}
