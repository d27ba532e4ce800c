package io.github.twatcache.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.error.ConfigurationException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where the directory is, on three platforms, told by surroundings that are handed in. */
class LocationTest {
    private static DirectorySettings on(String os, String home, Map<String, String> environment) {
        return DirectorySettings.standard().within(new Surroundings(os, home, environment));
    }

    private static DirectorySettings linux(Map<String, String> environment) {
        return on("Linux", "/home/ada", environment);
    }

    @Test
    void path_ofLinux_isTheUsersCacheDirectory() {
        assertThat(linux(Map.of()).path()).isEqualTo(Path.of("/home/ada/.cache/twat-cache"));
        assertThat(linux(Map.of("XDG_CACHE_HOME", "/fast")).path()).isEqualTo(Path.of("/fast/twat-cache"));
        assertThat(linux(Map.of("HOME", "/data/ada")).path()).isEqualTo(Path.of("/data/ada/.cache/twat-cache"));
    }

    @Test
    void path_xdgThatIsRelativeOrBlank_isIgnoredAsTheSpecificationSays() {
        assertThat(linux(Map.of("XDG_CACHE_HOME", "cache")).path()).isEqualTo(Path.of("/home/ada/.cache/twat-cache"));
        assertThat(linux(Map.of("XDG_CACHE_HOME", "")).path()).isEqualTo(Path.of("/home/ada/.cache/twat-cache"));
    }

    @Test
    void path_ofMac_isInLibraryCaches() {
        assertThat(on("Mac OS X", "/Users/ada", Map.of("XDG_CACHE_HOME", "/fast"))
                        .path())
                .isEqualTo(Path.of("/Users/ada/Library/Caches/twat-cache"));
    }

    @Test
    void path_ofWindows_isInLocalAppData() {
        String local = "C:\\Users\\ada\\AppData\\Local";
        assertThat(slashes(on("Windows 11", "C:\\Users\\ada", Map.of("LOCALAPPDATA", local))))
                .isEqualTo("C:/Users/ada/AppData/Local/twat-cache/cache");
        assertThat(slashes(on("Windows 11", "C:\\Users\\ada", Map.of())))
                .isEqualTo("C:/Users/ada/AppData/Local/twat-cache/cache");
        assertThat(slashes(on("Windows 11", "?", Map.of("USERPROFILE", "D:\\ada"))))
                .isEqualTo("D:/ada/AppData/Local/twat-cache/cache");
    }

    private static String slashes(DirectorySettings settings) {
        return settings.path().toString().replace('\\', '/');
    }

    @Test
    void path_codeBeforeVariableBeforePlatform() {
        Map<String, String> both = Map.of("TWAT_CACHE_DIR", "/from/variable", "XDG_CACHE_HOME", "/fast");
        assertThat(linux(both).path()).isEqualTo(Path.of("/from/variable"));
        assertThat(linux(both).at(Path.of("/from/code")).path()).isEqualTo(Path.of("/from/code"));
        assertThat(linux(Map.of("TWAT_CACHE_DIR", " ")).path()).isEqualTo(Path.of("/home/ada/.cache/twat-cache"));
    }

    @Test
    void path_tildeAndVariables_areExpanded() {
        Map<String, String> environment = Map.of("PROJECT", "sky", "BASE", "/data", "HOME", "/home/ada");
        assertThat(linux(environment).at(Path.of("~")).path()).isEqualTo(Path.of("/home/ada"));
        assertThat(linux(environment).at(Path.of("~/c/${PROJECT}")).path()).isEqualTo(Path.of("/home/ada/c/sky"));
        assertThat(linux(environment).at(Path.of("${BASE}/${PROJECT}-x/../y")).path())
                .isEqualTo(Path.of("/data/y"));
        assertThat(linux(Map.of("TWAT_CACHE_DIR", "${HOME}/c", "HOME", "/h")).path())
                .isEqualTo(Path.of("/h/c"));
        assertThat(linux(environment).at(Path.of("/a/~/b")).path()).isEqualTo(Path.of("/a/~/b"));
        assertThat(linux(environment).at(Path.of("/a/$PROJECT")).path()).isEqualTo(Path.of("/a/$PROJECT"));
    }

    @Test
    void path_relative_isBelowTheWorkingDirectory() {
        assertThat(linux(Map.of("TWAT_CACHE_DIR", "build/cache")).path())
                .isEqualTo(Path.of("build/cache").toAbsolutePath());
    }

    @Test
    void path_whatCannotBeExpanded_isRefusedWithItsSource() {
        assertThatThrownBy(
                        () -> linux(Map.of("TWAT_CACHE_DIR", "/x/${NOWHERE}")).path())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("/x/${NOWHERE}", "environment variable TWAT_CACHE_DIR", "not set");
        assertThatThrownBy(() -> linux(Map.of("TWAT_CACHE_DIR", "$HOME/cache", "HOME", "/home/ada"))
                        .path())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("$HOME/cache", "environment variable TWAT_CACHE_DIR", "write ${HOME}");
        for (String unclosed : new String[] {"${HOME", "/a/${HOME/b"}) {
            assertThatThrownBy(() -> linux(Map.of("HOME", "/home/ada"))
                            .at(Path.of(unclosed))
                            .path())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContainingAll(unclosed, "nothing closes");
        }
        assertThatThrownBy(() -> linux(Map.of()).at(Path.of("~bob/cache")).path())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("~bob/cache", "code", "another user's home");
        assertThatThrownBy(() -> linux(Map.of("TWAT_CACHE_DIR", "/x/\0")).path())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no path");
    }

    @Test
    void path_homeThatIsNotKnown_isRefusedWithWhatMendsIt() {
        for (String home : new String[] {"", "?"}) {
            assertThatThrownBy(() -> on("Linux", home, Map.of()).path())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContainingAll("TWAT_CACHE_DIR", "directory(path)");
        }
        assertThat(on("Linux", "?", Map.of("TWAT_CACHE_DIR", "/c")).path()).isEqualTo(Path.of("/c"));
    }
}
