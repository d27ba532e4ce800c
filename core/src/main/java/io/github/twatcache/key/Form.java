package io.github.twatcache.key;

/** How objects of one class are written. It is found once per class, and keeps no object alive but that class. */
interface Form {
    /**
     * Writes the tag and the content.
     *
     * @param writer takes the bytes
     * @param object an object of the class
     */
    void write(CanonicalWriter writer, Object object);
}
