// app/form/xpath/context.h - what an expression sees while it is evaluated: where it stands, and
// what it may ask from outside. The engine has no clock, files or random numbers of its own.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/form/values/tree.h"
#include "app/form/xpath/lookup.h"
#include "storage/base/time.h"
#include "storage/base/uuid.h"

namespace bordereau::form {

/// A document that instance('id') can name. Null tree: there is none of that name.
struct InstanceSource {
    const Tree* tree = nullptr;
    const Lookup* lookup = nullptr;     ///< null: predicates over it are scanned, not looked up
    NodeIndex node = Tree::document();  ///< what instance() gives: the parent of the list's root
};

/// Everything from outside; outlives the evaluation. Members left empty behave as named there.
struct Services {
    Clock clock;      ///< today(), now(), the zone of dates; empty: 1970-01-01 in UTC
    Entropy entropy;  ///< uuid(), random(), randomize(); empty: such a function is an error
    std::function<InstanceSource(std::string_view id)> instance;  ///< empty: no instances
    /// Raw bytes of MD5, SHA-1, SHA-256, SHA-384, SHA-512; nothing for other names.
    std::function<std::optional<std::string>(std::string_view algorithm, std::string_view bytes)>
        digest;
    /// True when an Ed25519 signature of `message` is good.
    std::function<bool(std::string_view signature, std::string_view message,
                       std::string_view public_key)>
        verify;
    /// jr:itext(): the text of an id in the current language; nothing for an unknown id.
    std::function<std::optional<std::string>(std::string_view id)> itext;
    /// jr:choice-name(): the label of `value` at the select that `path` names from `context`.
    std::function<std::string(std::string_view value, std::string_view path, NodeRef context)>
        choice_label;
    /// property(): values of the client such as "username"; version(): that of "version".
    std::function<std::string(std::string_view name)> property;
    /// %b and %a of format-date(): twelve and seven (from Sunday) short names; empty: English.
    std::vector<std::string> month_names, day_names;
};

/// Where an expression stands.
struct Context {
    NodeRef node;     ///< "."
    NodeRef current;  ///< current(): the node the whole expression belongs to; null: `node`
    std::size_t position = 1;
    std::size_t size = 1;
    const Services* services = nullptr;
    /// The tree of absolute paths and their root in it; null: that of `current`. Absolute paths in
    /// predicates over secondary instances still mean this one (ODK XForms, "Secondary instances").
    const Tree* primary = nullptr;
    NodeIndex top = Tree::document();
    /// The nodes of `primary` by the slots that Expression::compile() was told. Empty: absolute
    /// paths are walked by their names.
    std::span<const NodeIndex> record = {};
    /// Absolute paths stay inside the context's own repeat instances, as in JavaRosa and Enketo:
    /// in /data/rep[2]/b, /data/rep/a means /data/rep[2]/a. False: as in plain XPath 1.0.
    bool narrow = true;
    /// An empty node-set compares like an empty text, as in JavaRosa: a question that is not
    /// relevant equals ''. False: it equals nothing, as in plain XPath 1.0.
    bool absent_is_empty = false;
};

}  // namespace bordereau::form
