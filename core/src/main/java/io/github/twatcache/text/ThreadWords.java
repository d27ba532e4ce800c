package io.github.twatcache.text;

/** Threads as messages name them: virtual ones have no name unless somebody gives them one. */
public final class ThreadWords {
    private ThreadWords() {}

    /**
     * A thread in words.
     *
     * @param thread the thread
     * @return {@code thread 'worker'}, or {@code virtual thread #31}
     */
    public static String of(Thread thread) {
        return of(thread.getName(), id(thread));
    }

    /**
     * A thread that may be gone, in words.
     *
     * @param name its name
     * @param id its number, which dumps of threads show too
     * @return as above
     */
    public static String of(String name, long id) {
        return name.isEmpty() ? "virtual thread #" + id : "thread '" + name + "'";
    }

    /**
     * The number of a thread.
     *
     * @param thread the thread
     * @return its id
     */
    @SuppressWarnings("deprecation") // threadId() is there from Java 19 on
    public static long id(Thread thread) {
        return thread.getId();
    }
}
