// Gives lavapipe the arithmetic of a GPU: every a·b + c is rounded once. Mesa builds its code through
// LLVM's C interface; preloaded, this library builds a sum one of whose terms is a product as llvm.fma.
// RELUSCOPE_CONTRACT says which product of a·b + c·d is the one that is not rounded: 'left' or 'right'.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

// As llvm-c/Core.h declares them, so that its headers need not be there.
typedef struct LLVMOpaqueValue *Value;
typedef struct LLVMOpaqueBuilder *Builder;
typedef struct LLVMOpaqueType *Type;
typedef struct LLVMOpaqueModule *Module;
typedef struct LLVMOpaqueContext *Context;
typedef struct LLVMOpaqueBasicBlock *Block;
enum { FMUL = 13, FNEG = 66 };

Value LLVMIsAInstruction(Value);
int LLVMGetInstructionOpcode(Value);
Value LLVMGetOperand(Value, unsigned);
Type LLVMTypeOf(Value);
Block LLVMGetInsertBlock(Builder);
Value LLVMGetBasicBlockParent(Block);
Module LLVMGetGlobalParent(Value);
Context LLVMGetModuleContext(Module);
unsigned LLVMLookupIntrinsicID(const char *, size_t);
Value LLVMGetIntrinsicDeclaration(Module, unsigned, Type *, size_t);
Type LLVMIntrinsicGetType(Context, unsigned, Type *, size_t);
Value LLVMBuildCall2(Builder, Type, Value, Value *, unsigned, const char *);
Value LLVMBuildFNeg(Builder, Value, const char *);

typedef Value BuildBinary(Builder, Value, Value, const char *);

static int has_opcode(Value value, int opcode) {
  return LLVMIsAInstruction(value) && LLVMGetInstructionOpcode(value) == opcode;
}

// a·b + c of the product a·b, or of −(a·b); NULL if the term is neither.
static Value fuse(Builder builder, Value term, Value c, const char *name) {
  int negated = has_opcode(term, FNEG);
  Value product = negated ? LLVMGetOperand(term, 0) : term;
  if (!has_opcode(product, FMUL)) return NULL;
  Value a = LLVMGetOperand(product, 0);
  Value arguments[] = {negated ? LLVMBuildFNeg(builder, a, "") : a, LLVMGetOperand(product, 1), c};
  Type type = LLVMTypeOf(c);
  Module module = LLVMGetGlobalParent(LLVMGetBasicBlockParent(LLVMGetInsertBlock(builder)));
  unsigned fma = LLVMLookupIntrinsicID("llvm.fma", strlen("llvm.fma"));
  Value function = LLVMGetIntrinsicDeclaration(module, fma, &type, 1);
  Type signature = LLVMIntrinsicGetType(LLVMGetModuleContext(module), fma, &type, 1);
  return LLVMBuildCall2(builder, signature, function, arguments, 3, name);
}

Value LLVMBuildFAdd(Builder builder, Value left, Value right, const char *name) {
  const char *first = getenv("RELUSCOPE_CONTRACT");
  int is_right = first && !strcmp(first, "right");
  Value terms[] = {is_right ? right : left, is_right ? left : right};
  Value fused = fuse(builder, terms[0], terms[1], name);
  if (!fused) fused = fuse(builder, terms[1], terms[0], name);
  if (fused) return fused;
  BuildBinary *add = (BuildBinary *)dlsym(RTLD_NEXT, "LLVMBuildFAdd");
  return add(builder, left, right, name);
}

Value LLVMBuildFSub(Builder builder, Value left, Value right, const char *name) {
  return LLVMBuildFAdd(builder, left, LLVMBuildFNeg(builder, right, ""), name);
}
