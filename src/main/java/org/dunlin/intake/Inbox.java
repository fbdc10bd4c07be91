package org.dunlin.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.dunlin.platform.engine.Worker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Watches the inbox. A file is complete when its size and time of change have stayed the same for a while; files whose name
 * says that they are unfinished, or that begin with a dot, are left alone. It is claimed by an atomic move and a lock, so that
 * several nodes can share one inbox, and imported a chunk at a time, so that the worker can be stopped soon.
 */
@Component
class Inbox implements Worker, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Inbox.class);

    /** A file that fails so often in ways nobody foresaw is put aside, or it would keep all others waiting. */
    private static final int ATTEMPTS = 3;

    private final Folders folders;
    private final Mappings mappings;
    private final ClaimLocks locks;
    private final Intake intake;
    private final Duration settle;
    private final LongSupplier nanos;

    private final Map<Path, Seen> seen = new HashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private Intake.@Nullable Run current;

    /** How a dropped file looked, and since when. */
    private record Seen(long size, long changed, long since) {}

    @Autowired
    Inbox(Folders folders, Mappings mappings, ClaimLocks locks, Intake intake, IntakeProperties properties) {
        this(folders, mappings, locks, intake, properties.settle(), System::nanoTime);
    }

    /** @param nanos a clock that never jumps, other than the product's */
    Inbox(Folders folders, Mappings mappings, ClaimLocks locks, Intake intake, Duration settle, LongSupplier nanos) {
        this.folders = folders;
        this.mappings = mappings;
        this.locks = locks;
        this.intake = intake;
        this.settle = settle;
        this.nanos = nanos;
        folders.prepare();
    }

    @Override
    public synchronized int runOnce() {
        if (current == null) {
            current = next();
        }
        Intake.Run run = current;
        if (run == null) {
            return 0;
        }
        try {
            if (!run.step()) {
                failures.remove(run.claim());
                release();
            }
        } catch (DataAccessException | TransactionException e) {
            // The database, not the file: the run goes on when it is back.
            release();
            throw e;
        } catch (RuntimeException e) {
            failed(run, e);
        }
        return 1;
    }

    private void failed(Intake.Run run, RuntimeException e) {
        int count = failures.merge(run.claim(), 1, Integer::sum);
        log.error("Importing {} failed (attempt {})", IntakeProblem.visible(run.claim()), count, e);
        try {
            if (count >= ATTEMPTS) {
                failures.remove(run.claim());
                run.refuse(
                        "file",
                        "stopped by an unexpected error: " + e,
                        "what was read until then is in the ledger; drop the file again once the cause is gone");
            }
        } finally {
            release();
        }
    }

    private Intake.@Nullable Run next() {
        for (String claim : folders.claims()) {
            Intake.Run left = takeOver(claim);
            if (left != null) {
                return left;
            }
        }
        dropAbandonedUploads();
        for (Path file : complete()) {
            Intake.Run claimed = claim(file);
            if (claimed != null) {
                return claimed;
            }
        }
        return null;
    }

    /** What a node left behind that is gone. */
    private Intake.@Nullable Run takeOver(String claim) {
        Optional<ClaimLocks.Lock> lock = locks.tryLock(claim);
        if (lock.isEmpty()) {
            return null;
        }
        if (!Files.exists(folders.processing(claim))) {
            lock.get().close();
            return null;
        }
        return take(lock.get());
    }

    private Intake.@Nullable Run claim(Path file) {
        String claim = Folders.newClaim(file.getFileName().toString());
        ClaimLocks.Lock lock = locks.tryLock(claim).orElseThrow();
        try {
            Folders.move(file, folders.processing(claim));
        } catch (NoSuchFileException e) {
            lock.close();
            return null;
        } catch (IOException e) {
            lock.close();
            log.warn("{} cannot be taken yet", IntakeProblem.visible(String.valueOf(file.getFileName())), e);
            return null;
        }
        seen.remove(file);
        return take(lock);
    }

    private Intake.Run take(ClaimLocks.Lock lock) {
        try {
            return intake.take(lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Dropped files that nobody writes any more, those first whose records others build on. A file waits while one that it may
     * build on is still being written.
     */
    private List<Path> complete() {
        List<Path> dropped = folders.dropped();
        seen.keySet().retainAll(dropped);
        long now = nanos.getAsLong();
        record Ranked(Path file, int rank) {}
        List<Ranked> complete = new ArrayList<>();
        int unfinished = Integer.MAX_VALUE;
        for (Path file : dropped) {
            int rank = rank(file);
            if (isComplete(file, now)) {
                complete.add(new Ranked(file, rank));
            } else {
                unfinished = Math.min(unfinished, rank);
            }
        }
        int firstUnfinished = unfinished;
        return complete.stream()
                .filter(ranked -> ranked.rank() <= firstUnfinished)
                .sorted(Comparator.comparingInt(Ranked::rank)
                        .thenComparing(ranked -> ranked.file().getFileName()))
                .map(Ranked::file)
                .toList();
    }

    private boolean isComplete(Path file, long now) {
        try {
            long size = Files.size(file);
            long changed = Files.getLastModifiedTime(file).toMillis();
            Seen before = seen.get(file);
            if (before == null || before.size() != size || before.changed() != changed) {
                seen.put(file, new Seen(size, changed, now));
                return settle.isZero();
            }
            return now - before.since() >= settle.toNanos();
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int rank(Path file) {
        try {
            return mappings.of(file.getFileName().toString()).first().ordinal();
        } catch (MappingException e) {
            return RecordType.values().length;
        }
    }

    /** Whoever uploads holds a lock; without one, nobody will ever finish it. */
    private void dropAbandonedUploads() {
        for (String upload : folders.uploads()) {
            locks.tryLock(upload).ifPresent(lock -> {
                try (lock) {
                    Files.deleteIfExists(folders.uploading(upload));
                } catch (IOException e) {
                    log.warn("An abandoned upload cannot be deleted", e);
                }
            });
        }
    }

    private void release() {
        Intake.Run run = current;
        current = null;
        if (run != null) {
            run.close();
        }
    }

    /** What is not finished is left where a restart finds it. */
    @Override
    public synchronized void destroy() {
        release();
    }
}
