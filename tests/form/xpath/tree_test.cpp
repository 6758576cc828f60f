#include "app/form/values/tree.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "app/form/values/xml.h"

namespace bordereau::form {
namespace {

Tree read(std::string_view xml, const std::shared_ptr<Names>& names) {
    Result<Tree> tree = read_xml(xml, names);
    REQUIRE(tree);
    return std::move(tree).value();
}

std::string outline(const Tree& tree, NodeIndex node) {
    std::string out{tree.local_name(node)};
    if (!tree.is_leaf(node)) out += "(";
    for (NodeIndex child = tree.first_child(node); child != kNoNode; child = tree.next(child))
        out += outline(tree, child) + (tree.next(child) == kNoNode ? "" : " ");
    if (!tree.is_leaf(node)) out += ")";
    return out;
}

// What child() and next_named() must give, found the slow way.
std::vector<NodeIndex> children_named(const Tree& tree, NodeIndex parent, Name name) {
    std::vector<NodeIndex> out;
    for (NodeIndex child = tree.first_child(parent); child != kNoNode; child = tree.next(child))
        if (tree.kind(child) == NodeKind::element && tree.name(child) == name) out.push_back(child);
    return out;
}

std::vector<NodeIndex> children_by_index(const Tree& tree, NodeIndex parent, Name name) {
    std::vector<NodeIndex> out;
    for (NodeIndex child = tree.child(parent, name); child != kNoNode;
         child = tree.next_named(child))
        out.push_back(child);
    return out;
}

}  // namespace

TEST_CASE("a document is read with its names, texts and attributes", "[form][tree]") {
    const auto names = std::make_shared<Names>();
    const Tree tree = read("<d id='x'><a>one</a><b/><a>t&amp;w<![CDATA[<o>]]></a></d>", names);
    const NodeIndex root = tree.root();
    CHECK(outline(tree, root) == "d(a b a)");
    CHECK(tree.text(tree.attribute(root, *names->find("id"))) == "x");
    CHECK(tree.text(tree.child(root, *names->find("a"))) == "one");
    CHECK(tree.text(tree.last_child(root)) == "t&w<o>");
    std::string scratch;
    CHECK(tree.string_value(root, scratch) == "onet&w<o>");
    CHECK(tree.position(tree.last_child(root)) == 2);
}

TEST_CASE("blanks between elements are dropped, blanks within a sentence kept", "[form][tree]") {
    const auto names = std::make_shared<Names>();
    const Tree tree =
        read("<d>\n  <a> </a>\n  <l>Dear <o/> and <output/> <output/></l>\n</d>", names);
    std::string scratch;
    CHECK(tree.string_value(tree.root(), scratch) == "Dear  and  ");
    CHECK(tree.text(tree.child(tree.root(), *names->find("a"))).empty());
}

TEST_CASE("what is not a document is refused with its reason", "[form][tree]") {
    const auto [xml, reason] = GENERATE(table<std::string, std::string>(
        {{"", "No document element found"},
         {"<a>", "Start-end tags mismatch"},
         {"<a></b>", "Start-end tags mismatch"},
         {"<x:a/>", "the prefix \"x\" is not declared"},
         {"<a><b><c><d/></c></b></a>", "elements are nested more than 3 deep"},
         {"<a><b/><b/><b/><b/><b/><b/><b/><b/></a>",
          "there are more than 8 elements, texts and attributes"},
         {"<a b='1' c='1' d='1'/>", "an element has more than 2 attributes"},
         {"<a xmlns:b='b' xmlns:c='c'><d xmlns:e='e' xmlns:f='f'/></a>",
          "more than 3 namespaces are declared"}}));
    const auto names = std::make_shared<Names>();
    XmlOptions options;
    options.limits.depth = 3;
    options.limits.nodes = 8;
    options.limits.attributes = 2;
    options.limits.namespaces = 3;
    const Result<Tree> tree = read_xml(xml, names, options);
    REQUIRE_FALSE(tree);
    CHECK(tree.error().code == ErrorCode::invalid);
    CHECK(tree.error().detail.starts_with(reason));
}

TEST_CASE("entities of a document's own are not expanded", "[form][tree]") {
    const auto names = std::make_shared<Names>();
    const Tree tree = read("<!DOCTYPE d [<!ENTITY e 'boom'>]><d>&e;</d>", names);
    CHECK(tree.text(tree.root()) == "&e;");
}

TEST_CASE("children are found by name however many there are", "[form][tree]") {
    const int count = GENERATE(1, 7, 8, 9, 40);
    const auto names = std::make_shared<Names>();
    const Name a = names->intern("a"), b = names->intern("b"), c = names->intern("c");
    Tree tree{names};
    const NodeIndex root = tree.append_element(Tree::document(), names->intern("root"));
    std::vector<NodeIndex> made;
    for (int i = 0; i < count; ++i) made.push_back(tree.append_element(root, i % 3 == 0 ? a : b));
    Tree piece{names};
    const NodeIndex copied = piece.append_element(Tree::document(), a);
    tree.insert_copy(piece, copied, root, made.front());
    tree.insert_copy(piece, copied, root, made.back());
    tree.insert_copy(piece, copied, root);
    tree.remove(made[made.size() / 2]);
    for (const Name name : {a, b, c}) {
        CHECK(children_by_index(tree, root, name) == children_named(tree, root, name));
        int position = 0;
        for (const NodeIndex child : children_named(tree, root, name))
            CHECK(tree.position(child) == ++position);
    }
    while (tree.first_child(root) != kNoNode) {
        tree.remove(tree.last_child(root));
        for (const Name name : {a, b})
            CHECK(children_by_index(tree, root, name) == children_named(tree, root, name));
    }
}

TEST_CASE("a removed node's place is given away, but not its identity", "[form][tree]") {
    const auto names = std::make_shared<Names>();
    Tree tree = read("<d><r><a>1</a></r><r><a>2</a></r></d>", names);
    const NodeIndex second = tree.last_child(tree.root()), leaf = tree.first_child(second);
    const std::uint32_t generation = tree.generation(leaf);
    REQUIRE(tree.alive(leaf, generation));
    const std::size_t before = tree.node_count();
    tree.remove(second);
    CHECK(tree.node_count() == before - 2);
    CHECK_FALSE(tree.alive(leaf, generation));
    const NodeIndex again = tree.insert_copy(tree, tree.first_child(tree.root()), tree.root());
    CHECK(outline(tree, tree.root()) == "d(r(a) r(a))");
    CHECK(tree.text(tree.first_child(again)) == "1");
    CHECK_FALSE(tree.alive(leaf, generation));
}

TEST_CASE("document order holds after insertions in the middle", "[form][tree]") {
    const auto names = std::make_shared<Names>();
    Tree tree = read("<d><r x='1'><a>1</a></r><s/></d>", names);
    const NodeIndex r = tree.first_child(tree.root()), s = tree.last_child(tree.root());
    const NodeIndex middle = tree.insert_copy(tree, r, tree.root(), s);
    CHECK(tree.precedes(r, middle));
    CHECK(tree.precedes(middle, s));
    CHECK(tree.precedes(tree.first_attribute(middle), tree.first_child(middle)));
    CHECK(tree.precedes(tree.first_child(r), middle));
    CHECK(tree.precedes(tree.first_child(r), tree.first_child(r) | kTextOf));
    CHECK_FALSE(tree.precedes(s, middle));
}

TEST_CASE("relevance is passed down, and each node's own remembered", "[form][tree]") {
    const auto names = std::make_shared<Names>();
    Tree tree = read("<d><g><a/><b><c/></b></g></d>", names);
    const NodeIndex g = tree.first_child(tree.root()), a = tree.first_child(g);
    const NodeIndex b = tree.next(a), c = tree.first_child(b);
    REQUIRE(tree.set_relevant(b, false));
    std::vector<NodeIndex> changed;
    REQUIRE(tree.set_relevant(g, false, &changed));
    CHECK(changed == std::vector{g, a});
    CHECK_FALSE(tree.relevant(c));
    changed.clear();
    REQUIRE(tree.set_relevant(g, true, &changed));
    CHECK(changed == std::vector{g, a});
    CHECK_FALSE(tree.relevant(b));
    CHECK(tree.self_relevant(c));
    CHECK_FALSE(tree.set_relevant(g, true));
}

TEST_CASE("an unanswered question costs less than a hundred bytes", "[form][tree]") {
    const auto names = std::make_shared<Names>();
    Tree tree{names};
    const NodeIndex root = tree.append_element(Tree::document(), names->intern("d"));
    constexpr std::size_t kCount = 50'000;
    tree.reserve(kCount + 2);
    const Name name = names->intern("q");
    for (std::size_t i = 0; i < kCount; ++i) tree.append_element(root, name);
    CHECK(tree.bytes() / kCount < 100);
}

}  // namespace bordereau::form
