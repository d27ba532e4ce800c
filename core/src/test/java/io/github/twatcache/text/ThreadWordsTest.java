package io.github.twatcache.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThreadWordsTest {
    @Test
    void thread_withAName_isNamed() {
        assertThat(ThreadWords.of(new Thread(() -> {}, "worker"))).isEqualTo("thread 'worker'");
    }

    @Test
    void thread_withoutAName_hasItsNumber() {
        Thread nameless = new Thread(() -> {}, "");
        assertThat(ThreadWords.of(nameless)).isEqualTo("virtual thread #" + ThreadWords.id(nameless));
    }
}
