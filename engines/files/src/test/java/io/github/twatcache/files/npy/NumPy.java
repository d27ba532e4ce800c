package io.github.twatcache.files.npy;

import io.github.twatcache.testkit.RealPython;
import java.util.List;

/** The real NumPy, in a Python of its own. */
final class NumPy {
    /** What an array holds, in words that do not depend on how it lies: the SHA-256 of each element's big-endian bytes. */
    private static final String PRELUDE = """
            import sys, hashlib, numpy as np
            def digest(a):
                sha = hashlib.sha256()
                if a.dtype.kind == 'U':
                    for s in a.ravel(order='C').tolist():
                        sha.update(s.encode('utf-32-be', 'surrogatepass') + b'\\0\\0\\0\\0')
                else:
                    sha.update(np.ascontiguousarray(a).astype(a.dtype.newbyteorder('>')).tobytes(order='C'))
                return sha.hexdigest()
            def line(name, a):
                print(name, a.dtype.str, 'x'.join(map(str, a.shape)) or '-', digest(a))
            """;

    private NumPy() {}

    /**
     * Runs a script and returns the lines that it has printed. It finds its arguments in {@code sys.argv[1:]}, NumPy as
     * {@code np}, and {@code line(name, array)} that prints name, data type, shape and digest.
     */
    static List<String> run(String script, Object... arguments) {
        return RealPython.printed(RealPython.start("NumPy", PRELUDE + script, arguments));
    }
}
