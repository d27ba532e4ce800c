package io.github.twatcache.path;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells file systems that hosts may share from those of one machine: the locks of such depend on how each host has mounted
 * it, and nobody can see from one of them what the others see.
 */
public final class Hosts {
    private static final Logger LOG = LoggerFactory.getLogger(Hosts.class);

    private static final Pattern SHARED =
            Pattern.compile("(nfs|cifs|smb|afp|afs|9p|fuse|ceph|lustre|gpfs|gfs|ocfs|gluster|"
                    + "beegfs|pvfs|orangefs|ncp|coda|virtiofs|vboxsf|vmhgfs|prl_fs|drvfs|webdav|davfs).*");

    private Hosts() {}

    /**
     * The type of a path's file system, where hosts may share it, or nobody can tell.
     *
     * @param folder the path; what of it is there
     * @return the type; empty where it is of one machine
     */
    public static Optional<String> sharing(Path folder) {
        Path there = folder;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        try {
            String root = String.valueOf(there.getRoot());
            return root.startsWith("\\\\")
                    ? Optional.of("a share")
                    : shared(Files.getFileStore(there).type());
        } catch (IOException | SecurityException unknown) {
            LOG.debug("nobody can tell what file system {} is on", there, unknown);
            return Optional.of("unknown");
        }
    }

    static Optional<String> shared(String type) {
        return SHARED.matcher(type.toLowerCase(Locale.ROOT)).matches() ? Optional.of(type) : Optional.empty();
    }
}
