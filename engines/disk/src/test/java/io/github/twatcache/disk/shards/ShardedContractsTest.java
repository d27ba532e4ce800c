package io.github.twatcache.disk.shards;

import io.github.twatcache.spi.Engine;
import io.github.twatcache.testkit.BulkContract;
import io.github.twatcache.testkit.CloseContract;
import io.github.twatcache.testkit.CountersContract;
import io.github.twatcache.testkit.DecidedOnceContract;
import io.github.twatcache.testkit.ExpiryContract;
import io.github.twatcache.testkit.KeysContract;
import io.github.twatcache.testkit.LeasesContract;
import io.github.twatcache.testkit.LocksContract;
import io.github.twatcache.testkit.MaintenanceContract;
import io.github.twatcache.testkit.NothingLiesContract;
import io.github.twatcache.testkit.NullContract;
import io.github.twatcache.testkit.OrderContract;
import io.github.twatcache.testkit.QueuesContract;
import io.github.twatcache.testkit.RecipesContract;
import io.github.twatcache.testkit.RemovalsContract;
import io.github.twatcache.testkit.StaleStoreContract;
import io.github.twatcache.testkit.StatisticsContract;
import io.github.twatcache.testkit.StoreContract;
import io.github.twatcache.testkit.StreamsContract;
import io.github.twatcache.testkit.TransactionsContract;
import io.github.twatcache.testkit.VersionContract;
import org.junit.jupiter.api.Nested;

/**
 * A cache of four shards keeps the contracts of an engine, as far as it claims their traits. Those of the suite that are
 * about what stands above any engine (single flight, annotations, scopes, modes, failures) are left to the runs with one
 * database.
 */
final class ShardedContractsTest {
    @Nested
    final class Stores extends StoreContract {
        @Override
        protected Engine engine() {
            return new ShardedEngine();
        }
    }

    @Nested
    final class Keys extends KeysContract {
        @Override
        protected Engine engine() {
            return new ShardedEngine();
        }
    }

    @Nested
    final class Nulls extends NullContract {
        @Override
        protected Engine engine() {
            return new ShardedEngine();
        }
    }

    @Nested
    final class Statistics extends StatisticsContract {
        @Override
        protected Engine engine() {
            return new ShardedEngine();
        }
    }

    @Nested
    final class Close extends CloseContract {
        @Override
        protected Engine engine() {
            return new ShardedEngine();
        }
    }

    @Nested
    final class DecidedOnce extends DecidedOnceContract {
        @Override
        protected Engine engine() {
            return new ShardedEngine();
        }
    }

    @Nested
    final class NothingLies extends NothingLiesContract {
        @Override
        protected Engine engine() {
            return new ShardedEngine();
        }
    }

    @Nested
    final class Removals extends RemovalsContract {
        @Override
        protected Engine engine() {
            return new ShardedEngine();
        }
    }

    @Nested
    final class Expiry extends ExpiryContract {
        @Override
        protected Engine engine() {
            return new ShardedEngine();
        }
    }

    @Nested
    final class KeptPastFreshness extends StaleStoreContract {
        @Override
        protected Engine engine() {
            return new ShardedEngine();
        }
    }

    @Nested
    final class Counting extends CountersContract {
        @Override
        protected Engine engine() {
            return new ShardedEngine();
        }
    }

    @Nested
    final class Queueing extends QueuesContract {
        @Override
        protected Engine engine() {
            return new ShardedEngine();
        }
    }

    @Nested
    final class Streaming extends StreamsContract {
        @Override
        protected Engine engine() {
            return new ShardedEngine();
        }
    }

    @Nested
    final class Together extends TransactionsContract {
        @Override
        protected Engine engine() {
            return new ShardedEngine();
        }
    }

    @Nested
    final class Bulk extends BulkContract {
        @Override
        protected Engine engine() {
            return new ShardedEngine();
        }
    }

    @Nested
    final class Leasing extends LeasesContract {
        @Override
        protected Engine engine() {
            return new ShardedEngine();
        }
    }

    @Nested
    final class Maintaining extends MaintenanceContract {
        @Override
        protected Engine engine() {
            return new ShardedEngine();
        }
    }

    @Nested
    final class InOrder extends OrderContract {
        @Override
        protected Engine engine() {
            return new ShardedEngine();
        }
    }

    @Nested
    final class Locking extends LocksContract {
        @Override
        protected Engine engine() {
            return new ShardedEngine();
        }
    }

    @Nested
    final class Agreeing extends RecipesContract {
        @Override
        protected Engine engine() {
            return new ShardedEngine();
        }
    }

    @Nested
    final class Versions extends VersionContract {
        @Override
        protected Engine engine() {
            return new ShardedEngine();
        }
    }
}
