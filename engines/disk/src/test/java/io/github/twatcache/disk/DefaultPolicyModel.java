package io.github.twatcache.disk;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The default policy as its page tells it, on the heap and with lists that are walked: what the real one is held against. */
final class DefaultPolicyModel {
    private static final int MOVES = 16;

    /** An entry of either queue. */
    private static final class Node {
        final int weight;
        long came;
        boolean used;

        Node(int weight, long came) {
            this.weight = weight;
            this.came = came;
        }
    }

    /** One that left. */
    private static final class Ghost {
        final long key;
        final long came;
        boolean back;

        Ghost(long key, long came) {
            this.key = key;
            this.came = came;
        }
    }

    private final long maximum;
    private final long smallPart;
    private final Map<Long, Node> small = new LinkedHashMap<>();
    private final Map<Long, Node> main = new LinkedHashMap<>();
    private final Deque<Ghost> ghosts = new ArrayDeque<>();
    private long time;

    DefaultPolicyModel(long maximum) {
        this.maximum = maximum;
        this.smallPart = Math.max(1, maximum / 10);
    }

    boolean get(long key) {
        Node node = node(key);
        if (node == null) {
            return false;
        }
        node.used = true;
        return true;
    }

    void put(long key, int weight) {
        Node old = node(key);
        if (old != null) {
            Node heavier = new Node(weight, old.came);
            heavier.used = true;
            (main.containsKey(key) ? main : small).replace(key, heavier);
        } else {
            boolean toMain = isOfMain(key);
            time++;
            (toMain ? main : small).put(key, new Node(weight, time));
        }
        while (weight(small) + weight(main) > maximum) {
            evict(key);
        }
    }

    void remove(long key) {
        small.remove(key);
        main.remove(key);
    }

    /** What another process, or this one when it has opened anew, knows: no ghosts. */
    void forget() {
        ghosts.clear();
    }

    Set<Long> keys() {
        Set<Long> keys = new HashSet<>(small.keySet());
        keys.addAll(main.keySet());
        return keys;
    }

    private Node node(long key) {
        return main.containsKey(key) ? main.get(key) : small.get(key);
    }

    private static long weight(Map<Long, Node> queue) {
        return queue.values().stream().mapToLong(node -> node.weight).sum();
    }

    private boolean isOfMain(long key) {
        Ghost ghost = haunting(key);
        if (weight(small) + weight(main) < maximum && weight(main) < maximum - smallPart) {
            return true;
        }
        if (ghost == null) {
            return false;
        }
        for (int moves = 0; moves <= MOVES; moves++) {
            Long last = first(main, null);
            if (last == null) {
                return true;
            }
            if (!main.get(last).used) {
                return ghost.came > main.get(last).came;
            }
            if (moves < MOVES) {
                again(main, last, main);
            }
        }
        return false;
    }

    /** The ghost of a key, which is one no longer. */
    private Ghost haunting(long key) {
        for (Ghost ghost : ghosts) {
            if (ghost.key == key && !ghost.back) {
                ghost.back = true;
                return ghost;
            }
        }
        return null;
    }

    private void evict(long keep) {
        for (int moves = 0; moves < MOVES; moves++) {
            Long last = first(main, keep);
            if (weight(main) > maximum - smallPart && last != null) {
                again(main, last, main.get(last).used ? main : small);
                continue;
            }
            Long oldest = first(small, keep);
            if (oldest == null) {
                if (last == null || !main.get(last).used) {
                    break;
                }
                again(main, last, main);
            } else if (!small.get(oldest).used) {
                break;
            } else if (last != null && main.get(last).used) {
                again(main, last, main);
            } else {
                boolean younger = last == null || small.get(oldest).came > main.get(last).came;
                again(small, oldest, younger ? main : small);
            }
        }
        Map<Long, Node> queue = first(small, keep) != null ? small : main;
        Long victim = first(queue, keep);
        int most = Math.max(1, 3 * (small.size() + main.size()));
        haunting(victim);
        while (ghosts.size() >= most) {
            ghosts.removeFirst();
        }
        ghosts.addLast(new Ghost(victim, queue.get(victim).came));
        queue.remove(victim);
    }

    private static Long first(Map<Long, Node> queue, Long keep) {
        return queue.keySet().stream()
                .filter(key -> !key.equals(keep))
                .findFirst()
                .orElse(null);
    }

    private void again(Map<Long, Node> from, long key, Map<Long, Node> to) {
        Node node = from.remove(key);
        node.came = ++time;
        node.used = false;
        to.put(key, node);
    }
}
