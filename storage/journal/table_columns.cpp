#include "storage/journal/table_columns.h"

#include "storage/journal/columns.h"

namespace bordereau::storage {
namespace {

constexpr std::size_t kItems = 19;  // of the outer array

void read_all(CborReader& in, std::vector<std::string_view>& items) {
    items.resize(in.array());
    for (std::string_view& item : items) item = in.bytes();
}

void write_all(CborWriter& out, const std::vector<std::string_view>& items) {
    out.array(items.size());
    for (const std::string_view item : items) out.bytes(item);
}

void read_texts_into(CborReader& in, std::vector<std::string_view>& texts) {
    texts.resize(in.array());
    for (std::string_view& text : texts) text = in.text();
}

}  // namespace

bool split_table(std::string_view table, TableColumns& columns) {
    CborReader in{table};
    if (in.array() != kItems) return false;
    columns.count = in.number();
    read_all(in, columns.devices);
    read_texts_into(in, columns.authors);
    read_texts_into(in, columns.subjects);
    read_texts_into(in, columns.paths);
    for (std::string_view& column : columns.columns) column = in.bytes();
    read_all(in, columns.others);
    return in.complete();
}

std::string join_table(const TableColumns& columns) {
    std::string room;
    std::size_t size = 0;
    for (const std::string_view column : columns.columns) size += column.size();
    room.reserve(size + size / 8);  // dictionaries and heads are few, as a rule
    CborWriter out{std::move(room)};
    out.array(kItems).number(columns.count);
    write_all(out, columns.devices);
    write_texts(out, columns.authors);
    write_texts(out, columns.subjects);
    write_texts(out, columns.paths);
    for (const std::string_view column : columns.columns) out.bytes(column);
    write_all(out, columns.others);
    return out.take();
}

}  // namespace bordereau::storage
