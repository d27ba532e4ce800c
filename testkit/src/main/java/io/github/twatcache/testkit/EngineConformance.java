package io.github.twatcache.testkit;

import io.github.twatcache.spi.Engine;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * All contracts of one engine. A trait that the engine does not claim is tested as a refusal. At the end the number of
 * contracts, tests and refusals is printed, and a run that left a contract out fails.
 *
 * <pre>{@code
 * class HeapConformanceTest extends EngineConformance {
 *     @Override
 *     protected Engine engine() {
 *         return new HeapEngine();
 *     }
 * }
 * }</pre>
 *
 * <p>Stores are opened past the cache where a contract is about the store; caches on it are opened with a
 * {@link FakeTicker}.
 */
@ExtendWith(ContractTally.class)
public abstract class EngineConformance {
    /** How many contracts a conformance run is. */
    public static final int CONTRACTS = 57;

    /** Makes a run; JUnit calls it. */
    protected EngineConformance() {}

    /**
     * The engine under test.
     *
     * @return the engine; a new one for each test, or always the same
     */
    protected abstract Engine engine();

    /**
     * Whether the engine, where its entries outlive the process, tells on a miss that another version of the function has
     * stored a result. One whose format cannot hold that says so in its documentation.
     *
     * @return by default, that it does
     */
    protected boolean tellsVersions() {
        return true;
    }

    @Nested
    final class Stores extends StoreContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class OneComputation extends OneComputationContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Faces extends FacesContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class FreshFaces extends FreshFacesContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class SourceFaces extends SourceFacesContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class LimitFaces extends LimitFacesContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class SaidFaces extends SaidFacesContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Async extends AsyncContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class AsyncMany extends AsyncBulkContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Coalescing extends CoalescingContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Joiners extends JoinersContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class AsyncWalks extends AsyncWalksContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Publishing extends PublishersContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Keys extends KeysContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Nulls extends NullContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Statistics extends StatisticsContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Close extends CloseContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Codec extends CodecContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class DecidedOnce extends DecidedOnceContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class NothingLies extends NothingLiesContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Removals extends RemovalsContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Limits extends LimitsContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Expiry extends ExpiryContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Wraps extends WrapContract {
        @Override
        protected Engine engine() {
            // Annotations say nothing of trying again.
            return EngineConformance.this.engine() instanceof ChaosEngine chaotic
                    ? chaotic.inner()
                    : EngineConformance.this.engine();
        }
    }

    @Nested
    final class Failure extends FailureContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class UsersCode extends UsersCodeContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class AllCaches extends AllCachesContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Fallback extends FallbackContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class ChaosRuns extends ChaosContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class LostAnswers extends LostAnswersContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Counting extends CountersContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Queueing extends QueuesContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Streaming extends StreamsContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Together extends TransactionsContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Bulk extends BulkContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Leasing extends LeasesContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Maintaining extends MaintenanceContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class InOrder extends OrderContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Locking extends LocksContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Agreeing extends RecipesContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Modes extends ModesContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Scopes extends ScopesContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Versions extends VersionContract {
        @Override
        protected boolean tellsVersions() {
            return EngineConformance.this.tellsVersions();
        }

        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class KeptPastFreshness extends StaleStoreContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class RefreshedUnread extends UnreadContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Refresh extends RefreshContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Cost extends CostContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class SoftInvalidation extends SoftInvalidationContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class FailSafe extends FailSafeContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Failover extends FailoverContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class SharedFreshness extends SharedFreshnessContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Source extends SourceContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class FunctionDecides extends LoadContextContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class KnownRaces extends KnownRacesContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class TimeLimits extends TimeLimitsContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Told extends EventsContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }

    @Nested
    final class Reads extends ReadsContract {
        @Override
        protected Engine engine() {
            return EngineConformance.this.engine();
        }
    }
}
