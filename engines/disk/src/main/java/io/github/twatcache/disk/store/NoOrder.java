package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Link;
import org.jspecify.annotations.Nullable;

/** Nobody leaves. */
final class NoOrder extends Order {
    NoOrder(Uses uses) {
        super(uses);
    }

    @Override
    Place newcomer(Link link, Account account, long id, long find) {
        return new Place(0, 0, 0);
    }

    @Override
    @Nullable Row victim(Link link, Account account, long keep) {
        return null;
    }
}
