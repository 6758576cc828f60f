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

std::size_t size_of(std::string_view bytes) {
    return CborWriter::head_size(bytes.size()) + bytes.size();
}

template <class Items>
std::size_t size_of_all(const Items& items) {
    std::size_t size = 0;
    for (const std::string_view item : items) size += size_of(item);
    return size;
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

std::size_t size_of_table(const TableColumns& columns) {
    std::size_t size = CborWriter::head_size(kItems) +
                       CborWriter::head_size(static_cast<std::uint64_t>(columns.count)) +
                       size_of_all(columns.columns);
    for (const auto* items :
         {&columns.devices, &columns.authors, &columns.subjects, &columns.paths, &columns.others})
        size += CborWriter::head_size(items->size()) + size_of_all(*items);
    return size;
}

void write_table(CborWriter& out, const TableColumns& columns) {
    out.array(kItems).number(columns.count);
    write_all(out, columns.devices);
    write_texts(out, columns.authors);
    write_texts(out, columns.subjects);
    write_texts(out, columns.paths);
    for (const std::string_view column : columns.columns) out.bytes(column);
    write_all(out, columns.others);
}

std::string join_table(const TableColumns& columns) {
    std::string room;
    room.reserve(size_of_table(columns));
    CborWriter out{std::move(room)};
    write_table(out, columns);
    return out.take();
}

}  // namespace bordereau::storage
