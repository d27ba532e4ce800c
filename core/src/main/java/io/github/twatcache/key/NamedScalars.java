package io.github.twatcache.key;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Currency;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** JDK values that a name or a text stands for. */
final class NamedScalars {
    static final List<Scalar<?>> ALL = List.of(
            new Scalar<>(Tag.URI, URI.class, (to, v) -> to.text(v.toString()), s -> URI.create(s.text())),
            new Scalar<>(Tag.URL, URL.class, NamedScalars::url, NamedScalars::url),
            new Scalar<>(Tag.PATH, Path.class, NamedScalars::path, s -> Path.of(s.text())),
            new Scalar<>(Tag.FILE, File.class, (to, v) -> to.text(v.getPath()), s -> new File(s.text())),
            new Scalar<>(Tag.LOCALE, Locale.class, NamedScalars::locale, NamedScalars::locale),
            new Scalar<>(
                    Tag.CURRENCY,
                    Currency.class,
                    (to, v) -> to.text(v.getCurrencyCode()),
                    s -> Currency.getInstance(s.text())),
            new Scalar<>(Tag.CHARSET, Charset.class, (to, v) -> to.text(v.name()), s -> Charset.forName(s.text())),
            new Scalar<>(
                    Tag.PATTERN, Pattern.class, (to, v) -> to.i32(v.flags()).text(v.pattern()), NamedScalars::pattern));

    /** The protocols that every Java platform serves: a foreign one would load somebody's handler when it is read. */
    private static final Set<String> PROTOCOLS = Set.of("file", "http", "https", "jar", "jrt");

    private NamedScalars() {}

    /** By its text, since {@code URL.equals} asks the network. */
    private static void url(ByteSink to, URL url) {
        if (!PROTOCOLS.contains(url.getProtocol())) {
            throw Refusal.of(
                    "a URL of a protocol other than %s cannot be written".formatted(new TreeSet<>(PROTOCOLS)),
                    "pass a java.net.URI");
        }
        to.text(url.toExternalForm());
    }

    private static URL url(ByteSource source) {
        String text = source.text();
        if (!PROTOCOLS.contains(text.substring(0, Math.max(0, text.indexOf(':'))))) {
            throw source.damaged("a URL has a protocol that is not known");
        }
        try {
            return new URL(text);
        } catch (MalformedURLException e) {
            throw source.damaged("a URL is malformed");
        }
    }

    /** A path whose name the platform's charset cannot express would be taken for another one. */
    private static void path(ByteSink to, Path path) {
        if (path.getFileSystem() != FileSystems.getDefault()) {
            throw Refusal.of(
                    "a path of the file system '%s' cannot be written"
                            .formatted(path.getFileSystem().provider().getScheme()),
                    "pass its URI");
        }
        String text = path.toString();
        if (!faithful(text, path)) {
            throw Refusal.of(
                    "a path has a name that the platform's charset cannot express",
                    "start Java with a locale of UTF-8, or rename the file");
        }
        to.text(text);
    }

    private static boolean faithful(String text, Path path) {
        try {
            return Path.of(text).equals(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Five texts: language, script, country, variant, and the extensions as {@code k-value}, joined by a tab. */
    private static void locale(ByteSink to, Locale locale) {
        String extensions = extensions(locale);
        if (!locale.equals(locale(
                locale.getLanguage(), locale.getScript(), locale.getCountry(), locale.getVariant(), extensions))) {
            throw Refusal.of("a locale is not well-formed by BCP 47 and cannot be read back", "pass its language tag");
        }
        to.text(locale.getLanguage()).text(locale.getScript()).text(locale.getCountry());
        to.text(locale.getVariant()).text(extensions);
    }

    private static Locale locale(ByteSource source) {
        return locale(source.text(), source.text(), source.text(), source.text(), source.text());
    }

    private static String extensions(Locale locale) {
        StringBuilder text = new StringBuilder();
        for (char key : new TreeSet<>(locale.getExtensionKeys())) {
            text.append(text.isEmpty() ? "" : "\t").append(key).append('-').append(locale.getExtension(key));
        }
        return text.toString();
    }

    /** The constructor takes what the builder finds ill-formed, and makes the extensions of the JDK's historic locales. */
    private static Locale locale(String language, String script, String country, String variant, String extensions) {
        Locale plain = new Locale(language, country, variant);
        if (plain.getScript().equals(script) && extensions(plain).equals(extensions)) {
            return plain;
        }
        Locale.Builder builder = new Locale.Builder();
        try {
            builder.setLanguage(language).setScript(script).setRegion(country).setVariant(variant);
            for (String extension : extensions.isEmpty() ? new String[0] : extensions.split("\t", -1)) {
                builder.setExtension(extension.charAt(0), extension.substring(Math.min(2, extension.length())));
            }
        } catch (IllformedLocaleException e) {
            return plain;
        }
        return builder.build();
    }

    private static Pattern pattern(ByteSource source) {
        int flags = source.i32();
        String regex = source.text();
        try {
            return Pattern.compile(regex, flags);
        } catch (StackOverflowError e) {
            throw source.damaged("a pattern is nested too deep");
        }
    }
}
