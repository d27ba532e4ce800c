package io.github.twatcache.config;

/**
 * A value that a configuration gives to a setting.
 *
 * @param target the caches that it is for
 * @param setting the setting
 * @param sourced the value, of the setting's type, with its source
 */
record ConfiguredValue(Target target, Setting<?> setting, Sourced<?> sourced) {}
