package io.github.twatcache.spi;

/**
 * One live entry as {@link Store#entry} sees it, without counting as a use.
 *
 * @param value the masked value
 * @param mark what {@link Guard#seen} takes: it no longer fits as soon as the entry is replaced
 * @param terms what is left of the terms on which it is kept; {@link Terms#PLAIN} where the store keeps none
 */
public record Entry(Object value, Object mark, Terms terms) {}
