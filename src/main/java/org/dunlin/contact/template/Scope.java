package org.dunlin.contact.template;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What has a name at a place of a layout. */
final class Scope {

    /** How far a repetition has come. */
    record Status(boolean first, boolean last, boolean odd, boolean even, int index, int count, int size) {}

    private final Map<String, Type> names;

    Scope(Map<String, Type> names) {
        this.names = Map.copyOf(names);
    }

    Scope with(String name, Type type) {
        Map<String, Type> more = new HashMap<>(names);
        more.put(name, type);
        return new Scope(more);
    }

    /** A place, or why there is none. */
    record Found(Optional<Type> type, String problem) {}

    Found find(String path) {
        String[] parts = path.split("\\.");
        Type type = names.get(parts[0]);
        if (type == null) {
            return missing(path, names.keySet());
        }
        for (int i = 1; i < parts.length; i++) {
            Map<String, Type> within = components(type);
            type = within.get(parts[i]);
            if (type == null) {
                return missing(path, within.keySet());
            }
        }
        return new Found(Optional.of(type), "");
    }

    private static Found missing(String path, Set<String> known) {
        String choice =
                known.isEmpty() ? "nothing stands in it" : "known are " + String.join(", ", new TreeSet<>(known));
        return new Found(Optional.empty(), path + " is not known here; " + choice);
    }

    /** The type of a list's elements, if it is a list. */
    static Optional<Type> element(Type type) {
        return type instanceof ParameterizedType list && list.getRawType() == List.class
                ? Optional.of(list.getActualTypeArguments()[0])
                : Optional.empty();
    }

    private static Map<String, Type> components(Type type) {
        return type instanceof Class<?> record && record.isRecord()
                ? Arrays.stream(record.getRecordComponents())
                        .collect(Collectors.toMap(RecordComponent::getName, RecordComponent::getGenericType))
                : Map.of();
    }
}
