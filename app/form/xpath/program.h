// app/form/xpath/program.h - an expression in its compiled form: terms, paths and predicates as
// flat arrays. Made by the parser, completed by analyze(), read by the evaluator.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/form/values/names.h"
#include "app/form/xpath/pattern.h"
#include "app/form/xpath/reference.h"

namespace bordereau::form {

namespace xpath {

struct Function;

using TermIndex = std::uint32_t;
inline constexpr TermIndex kNoTerm = 0xFFFFFFFF;
inline constexpr std::uint32_t kNoSlot = 0xFFFFFFFF;

enum class Operator : std::uint8_t {
    none,
    add,
    subtract,
    multiply,
    divide,
    modulo,
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal
};

enum class TermKind : std::uint8_t {
    number,      ///< Term::number
    text,        ///< Program::texts[detail]
    any_of,      ///< "or" of all operands
    all_of,      ///< "and" of all operands
    arithmetic,  ///< operands joined from left to right, each with the operator before it
    comparison,  ///< two operands; the operator stands with the second
    negation,    ///< unary minus
    united,      ///< "|" of all operands
    path,        ///< Program::paths[detail]
    call         ///< Term::function with the operands as arguments
};

enum class TypeOf : std::uint8_t { unknown, text, number, boolean, nodes, moment };

struct Operand {
    TermIndex term = kNoTerm;
    Operator before = Operator::none;
};

struct Term {
    TermKind kind = TermKind::number;
    TypeOf type = TypeOf::unknown;
    /// Same value for every node that a predicate tests: with `fixed` always, with
    /// `fixed_elsewhere` if the nodes lie outside the primary instance.
    bool fixed = false;
    bool fixed_elsewhere = false;
    bool uses_position = false;  ///< position() or last() of its own context
    std::uint32_t first = 0;     ///< operands [first, first + count) of Program::operands
    std::uint32_t count = 0;
    std::uint32_t detail = 0;
    std::uint32_t position = 0;  ///< byte offset in the text
    double number = 0;
    const Function* function = nullptr;
};

enum class Axis : std::uint8_t {
    child,
    attribute,
    self,
    parent,
    descendant,
    descendant_or_self,
    ancestor,
    ancestor_or_self,
    following,
    following_sibling,
    preceding,
    preceding_sibling,
    namespaces
};

enum class TestKind : std::uint8_t {
    name,      ///< by local name, and namespace where a prefix was given
    any_name,  ///< "*", "prefix:*"
    node,
    text,
    comment,
    instruction
};

struct NodeTest {
    TestKind kind = TestKind::node;
    Name name = kNoName;     ///< of a name test and of processing-instruction('x')
    std::optional<Uri> uri;  ///< nothing: no prefix was written
};

/// "column = value" inside a predicate, where `value` may be evaluated once for all rows.
struct Equality {
    Name column = kNoName;
    TermIndex value = kNoTerm;
};

struct Predicate {
    TermIndex term = kNoTerm;
    TermIndex wanted_position = kNoTerm;  ///< "[3]", "[position() = x]" with a fixed x: the x
    std::vector<Equality> equalities;     ///< all hold for every node the predicate accepts
    std::vector<Equality> memberships;    ///< "selected(value, column)"; all hold as well
};

struct Step {
    Axis axis = Axis::child;
    NodeTest test;
    std::vector<Predicate> predicates;
    std::uint32_t position = 0;
};

enum class PathStart : std::uint8_t { context, root, term };

struct Path {
    PathStart start = PathStart::context;
    TermIndex from = kNoTerm;        ///< of PathStart::term
    std::vector<Predicate> filters;  ///< on the nodes of `from`
    std::vector<Step> steps;
    std::uint32_t narrowable = 0;  ///< leading steps that are plain child names
    std::uint32_t slot = kNoSlot;  ///< of the one node it means, in Context::record
};

}  // namespace xpath

struct Program {
    std::string text;
    std::vector<xpath::Term> terms;
    std::vector<xpath::Operand> operands;
    std::vector<std::string> texts;
    std::vector<xpath::Path> paths;
    xpath::TermIndex root = xpath::kNoTerm;

    // Filled by analyze().
    std::vector<Reference> references;
    std::vector<std::string> instances;
    bool is_volatile = false;
    /// Patterns given as text to regex(), by the term of the call.
    std::vector<std::pair<xpath::TermIndex, xpath::Pattern>> patterns;
    /// Paths given as text to indexed-repeat() and jr:choice-name() are terms; nothing else is
    /// kept.
    std::optional<std::size_t> plain_reference;
};

}  // namespace bordereau::form
