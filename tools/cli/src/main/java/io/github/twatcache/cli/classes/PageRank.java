package io.github.twatcache.cli.classes;

import java.util.Arrays;

/**
 * Weighted PageRank (S. Brin, L. Page, The anatomy of a large-scale hypertextual Web search engine, 1998, section 2.1): a
 * node passes its score on to the nodes it points at, in proportion to the weights, and each receives a little from
 * everywhere. The scores add up to 1. The same graph gives the same bits: the order of all additions is fixed.
 */
final class PageRank {
    private static final double DAMPING = 0.85;
    private static final double CONVERGED = 1e-12;
    private static final int MOST_ROUNDS = 1_000; // 0.85^1000 is far below what has converged

    private PageRank() {}

    /**
     * Scores the nodes of a graph.
     *
     * @param targets of each node, those it points at
     * @param weights how strongly, more than 0 each
     * @return the score of each node
     */
    static double[] scores(int[][] targets, int[][] weights) {
        int nodes = targets.length;
        long[] totals = Arrays.stream(weights)
                .mapToLong(of -> Arrays.stream(of).asLongStream().sum())
                .toArray();
        double[] scores = new double[nodes];
        Arrays.fill(scores, 1.0 / nodes);
        double change = 1;
        for (int round = 0; round < MOST_ROUNDS && change > CONVERGED; round++) {
            double[] next = passedOn(targets, weights, totals, scores);
            change = 0;
            for (int node = 0; node < nodes; node++) {
                change += Math.abs(next[node] - scores[node]);
            }
            scores = next;
        }
        return scores;
    }

    private static double[] passedOn(int[][] targets, int[][] weights, long[] totals, double[] scores) {
        int nodes = scores.length;
        double[] next = new double[nodes];
        double idle = 0; // the scores of nodes that point nowhere, to be shared by all
        for (int node = 0; node < nodes; node++) {
            if (totals[node] == 0) {
                idle += scores[node];
            }
            for (int edge = 0; edge < targets[node].length; edge++) {
                next[targets[node][edge]] += scores[node] * weights[node][edge] / totals[node];
            }
        }
        for (int node = 0; node < nodes; node++) {
            next[node] = (1 - DAMPING + DAMPING * idle) / nodes + DAMPING * next[node];
        }
        return next;
    }
}
