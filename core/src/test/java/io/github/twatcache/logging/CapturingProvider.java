package io.github.twatcache.logging;

import java.io.PrintWriter;
import java.io.Serial;
import java.io.StringWriter;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** The log of core's tests: silent, until a test asks to hear everything, stack traces included. */
public final class CapturingProvider implements SLF4JServiceProvider {
    private static final Queue<String> LINES = new ConcurrentLinkedQueue<>();
    private static volatile boolean listening;

    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter mdc = new BasicMDCAdapter();

    /** Runs something and returns what was logged meanwhile, each line with its level before it. */
    public static List<String> heard(Runnable action) {
        LINES.clear();
        listening = true;
        try {
            action.run();
        } finally {
            listening = false;
        }
        return List.copyOf(LINES);
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return Capturing::new;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return mdc;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {}

    private static final class Capturing extends LegacyAbstractLogger {
        @Serial
        private static final long serialVersionUID = 1L;

        Capturing(String name) {
            this.name = name;
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return Capturing.class.getName();
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String message, Object[] arguments, Throwable thrown) {
            if (listening) {
                StringWriter line = new StringWriter();
                line.append(level + " " + name + ": " + MessageFormatter.basicArrayFormat(message, arguments));
                if (thrown != null) {
                    thrown.printStackTrace(new PrintWriter(line, true));
                }
                LINES.add(line.toString());
            }
        }

        @Override
        public boolean isTraceEnabled() {
            return listening;
        }

        @Override
        public boolean isDebugEnabled() {
            return listening;
        }

        @Override
        public boolean isInfoEnabled() {
            return listening;
        }

        @Override
        public boolean isWarnEnabled() {
            return listening;
        }

        @Override
        public boolean isErrorEnabled() {
            return listening;
        }
    }
}
