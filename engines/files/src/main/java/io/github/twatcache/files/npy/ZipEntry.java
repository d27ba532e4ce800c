package io.github.twatcache.files.npy;

/**
 * One file in an archive.
 *
 * @param name its name
 * @param method how it is compressed
 * @param crc32 the CRC-32 of its content
 * @param packed how many bytes it takes in the archive
 * @param bytes how many its content has
 * @param offset where its header begins
 */
record ZipEntry(String name, int method, int crc32, long packed, long bytes, long offset) {}
