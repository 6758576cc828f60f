// app/form/xpath/reference.h - what an expression reads, known before it runs: the edges of the
// graph of calculations. Says nothing about repeats: whoever knows the form's repeats does.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/form/values/names.h"

namespace bordereau::form {

enum class ReferenceStart {
    root,     ///< an absolute path of the primary instance
    context,  ///< relative to the node that the expression belongs to, `.` and current() alike
    instance  ///< a path in instance(id); its first step is the document element
};

enum class ReferenceStepKind {
    child,      ///< a child element of that name
    attribute,  ///< an attribute of that name
    parent,     ///< ".."
    anything    ///< any node below (or, for reverse axes, anywhere): no more precise
};

struct ReferenceStep {
    ReferenceStepKind kind = ReferenceStepKind::child;
    Name name = kNoName;
    bool filtered = false;  ///< has predicates: absolute paths are not narrowed from here on
};

/// One path that an expression uses. Relative paths inside predicates are given from the path that
/// carries the predicate: /data/rep[x = 1]/a gives /data/rep/a and /data/rep/x.
struct Reference {
    ReferenceStart start = ReferenceStart::context;
    std::string instance;  ///< the id, when it starts at an instance
    std::vector<ReferenceStep> steps;
    bool in_predicate = false;
    /// position(..): depends on which siblings there are, not on what they hold.
    bool counts_siblings = false;
    /// indexed-repeat(): may meet any instance, even where the path leads to the context's own.
    bool any_instance = false;
};

/// A reference seen from one context: names from the document element down.
struct ResolvedReference {
    std::vector<Name> path;
    /// The first `own` names of `path` are the context's own ancestors (or itself): the same nodes.
    /// Any repeat named later in `path` may be met in several instances.
    std::size_t own = 0;
    bool is_attribute = false;   ///< the last name is an attribute's
    bool whole_subtree = false;  ///< "//", "*": everything below `path` may be read
};

/// Resolves a reference of the primary instance from a context given by its names. With `narrow`,
/// absolute paths share the context's leading steps (see Context::narrow). Nothing for references
/// into secondary instances and for ".." above the document element.
std::optional<ResolvedReference> resolve(const Reference& reference, std::span<const Name> context,
                                         bool narrow = true);

}  // namespace bordereau::form
