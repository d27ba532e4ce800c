package io.github.twatcache.wrap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The same where no class is spun. */
class WrapByProxyTest extends WrapTest {
    private static final String SPIN = "twat.cache.spin";

    @BeforeEach
    void forbid() {
        System.setProperty(SPIN, "false");
    }

    @AfterEach
    void allow() {
        System.clearProperty(SPIN);
    }

    @Override
    boolean proxied() {
        return true;
    }
}
