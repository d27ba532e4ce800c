/**
 * The little of JSON that the engine's own files need: written in one way, and read strictly, whatever the bytes are.
 */
@NullMarked
package io.github.twatcache.files.json;

import org.jspecify.annotations.NullMarked;
