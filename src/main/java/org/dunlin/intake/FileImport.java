package org.dunlin.intake;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.dunlin.intake.FieldReader.Binding;

/** One file on its way into the ledger, chunk by chunk. */
final class FileImport implements Closeable {

    /** Large enough that a statement for all of it pays, small enough that the locks of its customers are soon free again. */
    static final int CHUNK = 5_000;

    private static final long PROGRESS_EVERY = 50_000;

    private final long run;
    private final CsvSource source;
    private final ChunkWriter writer;
    private final Progress progress;
    private final List<FieldReader> rules;
    private final RecordFactory factory;
    private long row;

    /** Told at every {@value #PROGRESS_EVERY} rows. */
    interface Progress {
        void at(long rows, long bytes);
    }

    /**
     * @param skip rows that an earlier attempt has dealt with
     * @throws MappingException        when the mapping does not fit the file
     * @throws UnreadableFileException when the file has no header
     */
    static FileImport open(long run, Path file, Mapping mapping, long skip, ChunkWriter writer, Progress progress)
            throws IOException {
        CsvSource source = CsvSource.open(file, mapping.csv());
        try {
            FileImport open = new FileImport(run, source, mapping, writer, progress);
            for (long i = 0; i < skip && source.next() != null; i++) {
                open.row++;
            }
            return open;
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private FileImport(long run, CsvSource source, Mapping mapping, ChunkWriter writer, Progress progress) {
        this.run = run;
        this.source = source;
        this.writer = writer;
        this.progress = progress;
        this.factory = new RecordFactory(mapping.source());
        this.rules = mapping.records().stream()
                .map(rule -> new FieldReader(mapping, bind(mapping, rule)))
                .toList();
    }

    CsvSource source() {
        return source;
    }

    /** Columns of the file that no rule uses, where the rules take whatever the file has. */
    Set<String> unusedColumns() {
        Set<String> unused = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        source.header().stream().filter(column -> !column.isEmpty()).forEach(unused::add);
        for (FieldReader rule : rules) {
            unused.removeAll(rule.columnsUsed());
        }
        return unused;
    }

    /** Imports the next rows. @return whether there may be more */
    boolean step() {
        Chunk chunk = new Chunk();
        CsvSource.Row next = null;
        while (chunk.size() < CHUNK) {
            next = source.next();
            if (next == null) {
                break;
            }
            chunk.add(++row, next, rules, factory);
        }
        if (chunk.size() > 0) {
            writer.write(run, chunk, source.bytesRead(), source.header());
            if (row / PROGRESS_EVERY > (row - chunk.size()) / PROGRESS_EVERY) {
                progress.at(row, source.bytesRead());
            }
        }
        return next != null;
    }

    private Binding bind(Mapping mapping, Mapping.Rule rule) {
        Map<String, Integer> header = new HashMap<>();
        for (int i = 0; i < source.header().size(); i++) {
            header.put(source.header().get(i).toLowerCase(Locale.ROOT), i);
        }
        Map<String, Mapping.Field> fields = rule.fields();
        if (fields == null) {
            fields = new LinkedHashMap<>();
            for (String field : rule.type().fields()) {
                boolean optional = !rule.type().required().contains(field);
                fields.put(field, new Mapping.Field(field, Map.of(), null, optional));
            }
        }
        Map<String, Integer> columns = new HashMap<>();
        List<String> missing = new ArrayList<>();
        fields.forEach((field, from) -> {
            if (from.column() != null) {
                Integer index = header.get(from.column().toLowerCase(Locale.ROOT));
                if (index != null) {
                    columns.put(field, index);
                } else if (!from.optional()) {
                    missing.add(from.column());
                }
            }
        });
        List<Integer> when = new ArrayList<>();
        for (String column : rule.when()) {
            Integer index = header.get(column.toLowerCase(Locale.ROOT));
            if (index == null) {
                missing.add(column);
            } else {
                when.add(index);
            }
        }
        if (!missing.isEmpty()) {
            throw new MappingException(
                    mapping.name(),
                    rule.type().key(),
                    "the file has no column " + missing.stream().distinct().collect(Collectors.joining(", "))
                            + "; its columns are " + String.join(", ", source.header()));
        }
        return new Binding(rule.type(), when, fields, columns);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
