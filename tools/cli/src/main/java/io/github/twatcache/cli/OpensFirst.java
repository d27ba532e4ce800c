package io.github.twatcache.cli;

/** A command that opens an instance with the configuration of the process before it does anything else. */
interface OpensFirst {}
