package io.github.twatcache.heap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds nodes by tag. For each tag of each node there is a link (32 bytes), which is a member of two lists: the doubly
 * linked one of all nodes with that tag, and the node's own. Hence a node leaves in time proportional to its tags, and a
 * tag is emptied in time proportional to its nodes. All runs under the store's lock.
 *
 * @param <K> the type of the keys
 */
final class TagIndex<K> {
    private final Map<String, Tag<K>> tags = new HashMap<>();

    /** A tag that at least one node carries. */
    private static final class Tag<K> {
        final String name;

        @Nullable Link<K> first;

        Tag(String name) {
            this.name = name;
        }
    }

    /** One node's carrying of one tag. */
    static final class Link<K> {
        final WeighedNode<K> node;
        private final Tag<K> tag;
        private final @Nullable Link<K> otherTag;
        private @Nullable Link<K> before;
        private @Nullable Link<K> after;

        private Link(WeighedNode<K> node, Tag<K> tag, @Nullable Link<K> otherTag) {
            this.node = node;
            this.tag = tag;
            this.otherTag = otherTag;
        }
    }

    void add(WeighedNode<K> node, Set<String> names) {
        for (String name : names) {
            Tag<K> tag = tags.computeIfAbsent(name, Tag::new);
            Link<K> link = new Link<>(node, tag, node.tags);
            Link<K> first = tag.first;
            link.after = first;
            if (first != null) {
                first.before = link;
            }
            tag.first = link;
            node.tags = link;
        }
    }

    void remove(WeighedNode<K> node) {
        for (Link<K> link = node.tags; link != null; link = link.otherTag) {
            Link<K> before = link.before;
            Link<K> after = link.after;
            if (after != null) {
                after.before = before;
            }
            if (before != null) {
                before.after = after;
            } else {
                link.tag.first = after;
                if (after == null) {
                    tags.remove(link.tag.name);
                }
            }
        }
        node.tags = null;
    }

    /** A node that carries the tag. */
    @Nullable WeighedNode<K> any(String name) {
        Tag<K> tag = tags.get(name);
        return tag == null || tag.first == null ? null : tag.first.node;
    }

    /** The nodes that carry the tag. */
    List<WeighedNode<K>> all(String name) {
        List<WeighedNode<K>> all = new ArrayList<>();
        Tag<K> tag = tags.get(name);
        for (Link<K> link = tag == null ? null : tag.first; link != null; link = link.after) {
            all.add(link.node);
        }
        return all;
    }

    /** The tags of a node. */
    Set<String> of(WeighedNode<K> node) {
        if (node.tags == null) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        for (Link<K> link = node.tags; link != null; link = link.otherTag) {
            names.add(link.tag.name);
        }
        return names;
    }

    void clear() {
        tags.clear();
    }

    /** How many links there are; verifies them on the way. For tests. */
    int verify() {
        int links = 0;
        for (Tag<K> tag : tags.values()) {
            Link<K> before = null;
            for (Link<K> link = tag.first; link != null; link = link.after) {
                if (link.before != before || link.tag != tag || link.node.gone()) {
                    throw new IllegalStateException("broken link of tag " + tag.name);
                }
                before = link;
                links++;
            }
            if (before == null) {
                throw new IllegalStateException("nobody carries tag " + tag.name);
            }
        }
        return links;
    }
}
